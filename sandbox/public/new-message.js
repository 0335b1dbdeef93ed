import { element } from './dom.js';

const part = (id) => document.getElementById(id);
const form = part('new-form');
const { contact_no: from, name, whatsapp_phone_number: to, message } = form.elements;
let offered;

/** Shows to whom one can write; a login that waits for its text has it filled in, once. */
export function drawNewMessage({ businesses, logins }) {
	const known = [...to.options].map(({ value }) => value);
	for (const { name: title, number, digits } of businesses) {
		if (!known.includes(digits))
			to.append(Object.assign(element('option', '', `${title} ${number}`), { value: digits }));
	}
	const login = logins.at(-1);
	part('new-login').hidden = login === undefined;
	if (login === undefined || login.text === offered) return;
	offered = login.text;
	message.value = login.text;
	to.value = login.digits;
}

form.addEventListener('submit', async (event) => {
	event.preventDefault();
	const body = {
		contact_no: from.value.replace(/\D/g, ''),
		whatsapp_phone_number: to.value,
		message: message.value.trim(),
		...(name.value.trim() && { name: name.value.trim() }),
	};
	const answer = await fetch('/__sandbox/inbound', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const result = await answer.json();
	part('new-problem').textContent = answer.ok ? '' : result.message;
	if (!answer.ok) return;
	message.value = '';
	location.hash = `${result.contact_id}-${result.whatsapp_phone_number_id}`;
});
