"""Sends a file of requests through the openai package as its README does, a semaphore around it."""

import asyncio
import json
import sys
from itertools import islice

from openai import AsyncOpenAI

from tell_usage import tell_usage


async def main(base_url, requests, answers, concurrency):
    client = AsyncOpenAI(base_url=base_url, api_key="none")
    gate = asyncio.Semaphore(concurrency)

    async def ask(request):
        async with gate:
            completion = await client.chat.completions.create(**request["body"])
        custom_id = json.dumps(request["custom_id"])
        answers.write(f'{{"custom_id":{custom_id},"response":{completion.model_dump_json()}}}\n')

    await asyncio.gather(*(ask(json.loads(line)) for line in requests))
    await client.close()


base_url, requests_path, answers_path, concurrency, count = sys.argv[1:]
with open(requests_path) as requests, open(answers_path, "w") as answers:
    asyncio.run(main(base_url, islice(requests, int(count)), answers, int(concurrency)))
tell_usage()
