import { readFileSync } from 'node:fs';
import path from 'node:path';
import { takeInbound } from '../control/receive';
import { campaigns } from '../handlers/campaign';
import { pullCatalogs } from '../handlers/commerce';
import { addContact } from '../handlers/contacts';
import { pullAdAccounts } from '../handlers/facebook-ads';
import { projectRoot } from '../project-root';
import { createState, numberById, WABA } from '../state';
import { sendText } from '../whatsapp/send-text';
import type { World } from '../world';
import { exampleId } from './example-id';
import { RECORDS } from './records';
import { TEMPLATES } from './templates';

/** Files that the contract's examples name, by the file that stands in for each. */
const FILES: Record<string, { type: string; names: string[] }> = {
	'lamp1.jpg': { type: 'image/jpeg', names: ['lamp.jpg', 'lamp1.jpg', 'a.jpg'] },
	'lamp2.jpg': { type: 'image/jpeg', names: ['lamp2.jpg'] },
	'menu.jpg': { type: 'image/jpeg', names: ['menu.jpg'] },
	'banner.jpg': { type: 'image/jpeg', names: ['banner.jpg'] },
	'invoice.pdf': { type: 'application/pdf', names: ['samples/invoice.pdf', 'invoices/a-1042.pdf', 'quote-118.pdf'] },
	'tour.mp4': { type: 'video/mp4', names: ['tour.mp4', 'b.mp4'] },
	'greeting.mp3': { type: 'audio/mpeg', names: ['greeting.mp3'] },
};

/** Replaces the account by a small shop in which every example of the contract works: its ids and addresses are theirs. */
export function seedDemo(world: World): void {
	world.state = createState(world.settings);
	seedFiles(world);
	seedWaba(world);
	seedTemplates(world);
	pullAdAccounts(world);
	// Contacts have tags and segments, and pipelines and calls have contacts.
	const [marks, others] = [RECORDS.slice(0, 5), RECORDS.slice(5)];
	seedRecords(world, marks);
	seedPeople(world);
	seedRecords(world, others);
	pullCatalogs(world, WABA._id, { _id: exampleId('014') });
	world.state.shopify = { shop_domain: 'lamps.myshopify.com', client_id: 'example', is_active: true };
	campaigns.add(world, {
		_id: exampleId('00e'),
		name: 'Spring letter',
		platform: 'whatsapp',
		waba_id: WABA._id,
		template_name: 'monthly_letter',
		recipient_type: 'all_contacts',
		variables_mapping: { '1': 'friend', '2': 'May' },
		status: 'pending',
		total_contacts: 0,
	});
	seedLogin(world);
	world.changed();
}

function seedRecords(world: World, collections: typeof RECORDS): void {
	// Copies: the account may change what lies inside a record.
	for (const [kind, records] of collections) for (const fields of records) kind.add(world, structuredClone(fields));
}

function seedFiles({ state }: World): void {
	for (const [file, { type, names }] of Object.entries(FILES)) {
		const bytes = readFileSync(path.join(projectRoot(), 'sandbox', 'demo-files', file));
		for (const name of names) state.files.set(`https://cdn.example.com/${name}`, { type, bytes });
	}
}

/** A second account, so that pickers have a choice. */
function seedWaba({ state }: World): void {
	const waba = { _id: exampleId('02b'), waba_id: '102290129340399', name: 'Lamp House London' };
	state.wabas.push(waba);
	state.numbers.push({
		_id: exampleId('02c'),
		waba_id: waba._id,
		phone_number_id: '106540352242924',
		digits: '442079460000',
		display_phone_number: '+44 20 7946 0000',
		verified_name: 'Lamp House London',
		is_primary: false,
		profile: {},
		calling: { enabled: false },
	});
}

function seedTemplates({ state, clock }: World): void {
	const at = clock.now().toISOString();
	for (const definition of TEMPLATES) {
		state.templates.push({
			language: 'en_US',
			status: 'APPROVED',
			...(definition.platform === undefined && { waba_id: WABA._id }),
			...structuredClone(definition),
			_id: definition._id ?? state.nextId(),
			createdAt: at,
			updatedAt: at,
		});
	}
}

/** Ana has just written to both numbers, so that everybody may answer her. */
function seedPeople(world: World): void {
	const { state, clock } = world;
	const marks = { tags: [exampleId('005')], segments: [exampleId('006')] };
	const ana = addContact(world, { phone_number: '12025550143', name: 'Ana Lima', email: 'ana@example.com', ...marks });
	ana._id = exampleId('003');
	addContact(world, { phone_number: '919812345678', name: 'Ravi Kumar', ...marks, custom_fields: { city: 'Pune' } });
	addContact(world, { phone_number: '5511987654321', name: 'João Costa' });
	const at = clock.now().toISOString();
	state.contacts.push({
		_id: state.nextId(),
		phone_number: '',
		name: 'Olga',
		platform: 'telegram',
		recipient_id: '123456789',
		createdAt: at,
		updatedAt: at,
	});
	const [first, second] = [exampleId('002'), exampleId('003')].map((id) => numberById(state, id));
	for (const number of [first, second]) {
		if (!number) continue;
		const from = { contact_no: ana.phone_number, whatsapp_phone_number: number.digits };
		const question = takeInbound(world, { ...from, message: 'Hi, is the desk lamp in stock?' });
		if (number === second)
			Object.assign(question, { _id: exampleId('026'), wa_message_id: 'wamid.HBgLMTIwMjU1NTAxNDM' });
		sendText(world, number, ana, { message: 'Hello Ana, yes it is! Shall we put one aside for you?' });
	}
}

/** A person who has proven the number, and whose token nobody has asked for yet. */
function seedLogin({ state, clock }: World): void {
	state.logins.push({
		id: 'ses_7Qm2kX0b',
		app_id: exampleId('016'),
		subscribeToken: 'sub_9f2c',
		text: 'LOGIN 4821',
		number_id: exampleId('003'),
		expiresAt: new Date(clock.now().getTime() + 10 * 60_000),
		verified: { phone: '12025550143', name: 'Ana Lima', token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', isUsed: false },
		listeners: new Set(),
	});
}
