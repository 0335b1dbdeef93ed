import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import type { FormPart } from '../../../catalog';

/** A multipart form whose files are binary fields of the item. */
export async function buildForm(
	context: IExecuteFunctions,
	parts: readonly FormPart[],
	index: number,
): Promise<FormData> {
	const form = new FormData();
	for (const part of parts) {
		if ('value' in part) {
			form.append(part.name, part.value);
			continue;
		}
		const { mimeType, fileName, fileExtension } = context.helpers.assertBinaryData(index, part.file);
		const bytes = await context.helpers.getBinaryDataBuffer(index, part.file);
		if (bytes.length === 0)
			throw new NodeOperationError(context.getNode(), `The file in '${part.file}' is empty`, { itemIndex: index });
		const name = fileName ?? `file.${fileExtension ?? mimeType.split('/')[1] ?? 'bin'}`;
		form.append(part.name, new Blob([new Uint8Array(bytes)], { type: mimeType }), name);
	}
	return form;
}
