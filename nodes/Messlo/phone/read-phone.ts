export const readPhone = (
	text: string,
	_callingCode: string,
): { ok: true; digits: string } | { ok: false; reason: string } => ({ ok: true, digits: text.replace(/\D/g, '') });
