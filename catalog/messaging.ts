import { choice, file, lines, list, map, number, object, phone, required, string, url } from './fields';
import type { Field, Operation } from './operation';
import { contactId, numberId, PICK, recordId } from './pick';

const address: readonly Field[] = [
	phone('contact_no', 'Recipient.', '12025550143', { required: true, label: 'Recipient Phone' }),
	phone('whatsapp_phone_number', 'Sender; must be a number connected to the account.', '12025550100', {
		required: true,
		label: 'Sender Number',
		pick: PICK.sender,
	}),
];

const templateName = string('templateName', 'Approved template.', 'order_update', {
	label: 'Template',
	pick: PICK.templateName,
});
const templateVariables = map('templateVariables', 'Values by position: the key "1" fills {{1}}.', {
	'1': 'Ana',
	'2': 'A-1042',
});
const template: readonly Field[] = [
	required(templateName),
	templateVariables,
	string('languageCode', 'Language of the template.', 'en_US', { label: 'Language' }),
];

const text = lines('message', 'Text of the message.', 'Your table is ready.');
const caption = lines('message', 'Caption.', 'As promised', { label: 'Caption' });
const media = (help: string, example: string) => url('mediaUrl', help, example, { required: true, label: 'Media URL' });

/** A message of any kind, where the recipient is not a phone number. */
const anyKind: readonly Field[] = [
	choice(
		'messageType',
		'Kind of message.',
		['text', 'image', 'video', 'audio', 'document', 'location', 'carousel', 'template'],
		{ required: true },
	),
	lines('message', 'Text or caption.', 'Hello'),
	url('mediaUrl', 'Public address of a file.', 'https://cdn.example.com/menu.jpg', { label: 'Media URL' }),
	{ ...templateName, help: 'Approved template, for the kind template.' },
	templateVariables,
	string('workspace_id', 'Workspace record ID.', recordId('01b')),
];

interface Kind extends Omit<Operation, 'resource' | 'route' | 'contract' | 'rows'> {
	row?: number;
	variant: string;
}

/** All rows of POST /api/whatsapp/send: the body decides what is sent. */
const send = ({ id, row, variant, ...rest }: Kind): Operation => ({
	id: `message.${id}`,
	resource: 'Message',
	route: 'POST /api/whatsapp/send',
	contract: { operationId: 'sendMessage', variant },
	rows: row === undefined ? [] : [row],
	...rest,
});

export const messaging: readonly Operation[] = [
	send({
		id: 'sendText',
		row: 12,
		variant: 'SendTextMessage',
		operation: 'Send Text',
		label: 'Send a text message',
		description: 'Sends free text on WhatsApp; works within 24 hours of the last message of the recipient.',
		fixed: { messageType: 'text' },
		fields: [...address, required(text)],
	}),
	send({
		id: 'sendImage',
		row: 13,
		variant: 'SendImageByUrl',
		operation: 'Send Image',
		label: 'Send an image by URL',
		description: 'Sends an image from a public address on WhatsApp, with a caption if wanted.',
		fixed: { messageType: 'image' },
		fields: [...address, media('Public address of the image.', 'https://cdn.example.com/menu.jpg'), caption],
	}),
	send({
		id: 'sendDocument',
		row: 14,
		variant: 'SendDocumentByUrl',
		operation: 'Send Document',
		label: 'Send a document by URL',
		description: 'Sends a file such as a PDF from a public address on WhatsApp, with a caption if wanted.',
		fixed: { messageType: 'document' },
		fields: [...address, media('Public address of the file.', 'https://cdn.example.com/quote-118.pdf'), caption],
	}),
	send({
		id: 'sendVideo',
		row: 15,
		variant: 'SendVideoByUrl',
		operation: 'Send Video',
		label: 'Send a video by URL',
		description: 'Sends a video from a public address on WhatsApp, with a caption if wanted.',
		fixed: { messageType: 'video' },
		fields: [...address, media('Public address of the video.', 'https://cdn.example.com/tour.mp4'), caption],
	}),
	send({
		id: 'sendLocation',
		row: 16,
		variant: 'SendLocation',
		operation: 'Send Location',
		label: 'Send a location',
		description: 'Sends a point on the map on WhatsApp, with a name and address if wanted.',
		fixed: { messageType: 'location' },
		fields: [
			...address,
			number('latitude', 'Degrees north, from -90 to 90.', 38.8895, { required: true, min: -90, max: 90 }),
			number('longitude', 'Degrees east, from -180 to 180.', -77.0353, { required: true, min: -180, max: 180 }),
			string('name', 'Name of the place.', 'Lamp House'),
			string('address', 'Address of the place.', '1 Main Street'),
		],
	}),
	send({
		id: 'sendMultipleMedia',
		row: 17,
		variant: 'SendMultipleMedia',
		operation: 'Send Multiple Media',
		label: 'Send several media by URL',
		description: 'Sends several images, videos or files from public addresses on WhatsApp, one after the other.',
		fields: [
			...address,
			list(
				'mediaUrls',
				'Public addresses, sent in this order.',
				['https://cdn.example.com/a.jpg', 'https://cdn.example.com/b.mp4'],
				{ required: true, min: 1, items: 'url', label: 'Media URLs' },
			),
			caption,
		],
	}),
	send({
		id: 'sendTemplate',
		row: 18,
		variant: 'SendTemplate',
		operation: 'Send Template',
		label: 'Send a template message',
		description: 'Sends an approved WhatsApp template with its variables filled in; works at any time.',
		fixed: { messageType: 'template' },
		fields: [...address, ...template],
	}),
	send({
		id: 'sendFile',
		row: 19,
		variant: 'SendLocalMedia',
		operation: 'Send File',
		label: 'Send a file',
		description: 'Uploads an image, video, sound or document and sends it to a contact on WhatsApp.',
		fields: [
			file('file_url', 'The file to upload; not an address.', 'data', { required: true, label: 'File' }),
			required(numberId),
			required(contactId),
			choice('messageType', 'Kind of file.', ['image', 'video', 'audio', 'document'], { required: true }),
			caption,
			string('provider', 'Sending route.', 'business_api'),
		],
		multipart: true,
	}),
	send({
		id: 'sendAudio',
		row: 23,
		variant: 'SendAudioByUrl',
		operation: 'Send Audio',
		label: 'Send a sound by URL',
		description: 'Sends a sound file from a public address on WhatsApp; it has no caption.',
		fixed: { messageType: 'audio' },
		fields: [...address, media('Public address of the sound file.', 'https://cdn.example.com/greeting.mp3')],
	}),
	send({
		id: 'sendTemplateWithMedia',
		row: 81,
		variant: 'SendTemplateWithHeaderMedia',
		operation: 'Send Template with Media',
		label: 'Send a template message with its own header media',
		description: 'Sends an approved template whose PDF, image or video header differs by message, like an invoice.',
		fixed: { messageType: 'template' },
		fields: [
			...address,
			...template,
			media(
				"Public address of this message's header: a PDF, image or video.",
				'https://cdn.example.com/invoices/a-1042.pdf',
			),
		],
	}),
	send({
		id: 'sendButtons',
		variant: 'SendInteractiveButtons',
		operation: 'Send Buttons',
		label: 'Send a text with reply buttons',
		description: 'Sends free text with buttons to answer with; the inner fields of a button are not published.',
		fixed: { messageType: 'text' },
		fields: [
			...address,
			text,
			list('buttons', 'Buttons, as JSON objects.', [{ id: 'yes', title: 'Yes' }], {
				items: 'object',
				editor: 'json',
			}),
			object('buttonParams', 'Further button settings, as JSON.', { display_text: 'Open' }, { editor: 'json' }),
		],
		anyOf: ['buttons', 'buttonParams'],
	}),
	send({
		id: 'react',
		variant: 'SendReaction',
		operation: 'React',
		label: 'React to a message',
		description: 'Puts an emoji on a message of the conversation.',
		fixed: { messageType: 'text' },
		fields: [
			...address,
			required(string('reactionMessageId', 'WhatsApp ID of the message.', 'wamid.HBgLMTIwMjU1NTAxNDM')),
			required(string('reactionEmoji', 'The emoji.', '👍')),
		],
	}),
	send({
		id: 'sendCarousel',
		variant: 'SendCarousel',
		operation: 'Send Carousel',
		label: 'Send a carousel',
		description: 'Sends a row of cards on WhatsApp; the inner fields of a card are not published.',
		fixed: { messageType: 'carousel' },
		fields: [
			...address,
			text,
			list(
				'carouselCardsData',
				'Cards, as JSON objects.',
				[{ title: 'Lamp', image_url: 'https://cdn.example.com/lamp.jpg' }],
				{ required: true, items: 'object', editor: 'json', label: 'Cards' },
			),
		],
	}),
	send({
		id: 'sendToContact',
		variant: 'SendToContact',
		operation: 'Send to Contact',
		label: 'Send a message to a contact',
		description: 'Sends a message to a contact by record ID: the way to reach Facebook and Instagram.',
		fields: [required(contactId), ...anyKind],
	}),
	send({
		id: 'sendToTelegram',
		variant: 'SendToContact',
		operation: 'Send to Telegram Chat',
		label: 'Send a message to a chat by ID',
		description: 'Sends a message straight to a Telegram chat by its ID.',
		fixed: { platform: 'telegram' },
		fields: [required(string('recipient_id', 'Telegram chat ID.', '123456789', { label: 'Chat ID' })), ...anyKind],
	}),
];
