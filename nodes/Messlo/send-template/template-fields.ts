import { type ILoadOptionsFunctions, type ResourceMapperField, type ResourceMapperFields, sleep } from 'n8n-workflow';
import { FieldError, operation } from '../../../catalog';
import { connect } from '../api/connect';
import { Pace } from '../api/pace';
import { nodeError } from '../errors/node-error';
import { templateFinder } from './find-template';
import { HEADER_FIELD, readWanted } from './read-given';
import type { MediaKind, Template } from './template';

const TIME = { now: () => Date.now(), sleep };
const ROW = operation('message.sendTemplate');

/** One field for each value that the picked template takes. */
export async function templateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { languageCode } = (this.getCurrentNodeParameter('additionalFields') ?? {}) as { languageCode?: unknown };
	const wanted = readWanted(picked(this), languageCode);
	if (!wanted) return { fields: [], emptyFieldsNotice: 'Choose a template to see its variables' };
	try {
		const api = await connect(this, 'messloApi', new Pace(TIME), TIME);
		return fieldsOf(await templateFinder(api, ROW.id)(wanted));
	} catch (error) {
		if (error instanceof FieldError) return { fields: [], emptyFieldsNotice: `The template ${error.expected}` };
		throw nodeError(this.getNode(), ROW, error, 0);
	}
}

/** The value of the picker; undefined while only an execution knows it. */
function picked(context: ILoadOptionsFunctions): unknown {
	try {
		return context.getNodeParameter('template', '', { extractValue: true });
	} catch {
		return undefined;
	}
}

function fieldsOf({ media, body, isCode, variables }: Template): ResourceMapperFields {
	if (body === undefined) return { fields: [], emptyFieldsNotice: UNKNOWN };
	return {
		fields: [
			...(media ? [field(HEADER_FIELD, HEADER[media])] : []),
			...variables.map(({ name, words, place }) => field(name, `${isCode ? 'Code: ' : ''}${words} (${place})`)),
		],
		emptyFieldsNotice: 'This template has no variables: it is sent as it was approved',
	};
}

const UNKNOWN = 'The API lists this template without its text. Give its variables as JSON instead.';

// The API has no field for a file name, and no upload for headers: WhatsApp fetches the address and shows its last part.
const HEADER: Record<MediaKind, string> = {
	document: 'PDF header (public URL), named by the last part of the address',
	image: 'Image header (public URL)',
	video: 'Video header (public URL)',
};

const field = (id: string, displayName: string): ResourceMapperField => ({
	id,
	displayName,
	required: true,
	display: true,
	defaultMatch: false,
	canBeUsedToMatch: false,
	type: 'string',
});
