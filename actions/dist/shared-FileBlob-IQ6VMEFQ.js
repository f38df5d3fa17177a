import { createReadStream } from "fs";
import { Readable } from "stream";
import { open, stat } from "fs/promises";
import { fileURLToPath } from "url";

// node_modules/@huggingface/gguf/dist/FileBlob-IQ6VMEFQ.mjs
var FileBlob = class extends Blob {
	static async create(path) {
		path = path instanceof URL ? fileURLToPath(path) : path;
		const { size } = await stat(path);
		return new FileBlob(path, 0, size);
	}
	path;
	start;
	end;
	constructor(path, start, end) {
		super();
		this.path = path;
		this.start = start;
		this.end = end;
	}
	get size() {
		return this.end - this.start;
	}
	slice(start = 0, end = this.size) {
		if (start < 0 || end < 0) {}
		const newStart = Math.min(this.start + start, this.end);
		const newEnd = Math.min(this.start + end, this.end);
		return new FileBlob(this.path, newStart, newEnd);
	}
	async arrayBuffer() {
		return (await this.execute((file) => file.read(Buffer.alloc(this.size), 0, this.size, this.start))).buffer;
	}
	async text() {
		return (await this.arrayBuffer()).toString("utf8");
	}
	stream() {
		return Readable.toWeb(createReadStream(this.path, {
			start: this.start,
			end: this.end - 1
		}));
	}
	async execute(action) {
		const file = await open(this.path, "r");
		try {
			return await action(file);
		} finally {
			await file.close();
		}
	}
};

export { FileBlob };