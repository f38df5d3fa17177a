"""Sends a file of requests through aiohttp, a semaphore around it."""

import asyncio
import json
import sys
from itertools import islice

import aiohttp

from tell_usage import tell_usage


async def main(base_url, requests, answers, concurrency):
    gate = asyncio.Semaphore(concurrency)
    connector = aiohttp.TCPConnector(limit=concurrency)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask(request):
            async with gate, session.post(f"{base_url}/chat/completions", json=request["body"]) as response:
                response.raise_for_status()
                body = await response.json()
            answers.write(json.dumps({"custom_id": request["custom_id"], "response": body}) + "\n")

        await asyncio.gather(*(ask(json.loads(line)) for line in requests))


base_url, requests_path, answers_path, concurrency, count = sys.argv[1:]
with open(requests_path) as requests, open(answers_path, "w") as answers:
    asyncio.run(main(base_url, islice(requests, int(count)), answers, int(concurrency)))
tell_usage()
