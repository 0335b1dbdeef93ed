/** A file of a multipart form. In records and answers it shows as its name, type and size. */
export class UploadedFile {
	constructor(
		readonly name: string,
		readonly type: string,
		readonly bytes: Buffer,
	) {}

	toJSON(): Record<string, unknown> {
		return { name: this.name, type: this.type, size: this.bytes.length };
	}
}
