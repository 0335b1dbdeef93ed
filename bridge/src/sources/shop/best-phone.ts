import { readPhone } from '../../phone';

export interface PhoneCandidate {
	phone: string | undefined;
	/** Of the address that it came with. */
	country: string | undefined;
}

/** The first number that can be one, each read with the country of its own address. */
export function bestPhone(candidates: readonly PhoneCandidate[]): { phone: string } | { phoneProblem: string } {
	const problems = new Set<string>();
	for (const { phone, country } of candidates) {
		if (phone === undefined) continue;
		const reading = readPhone(phone, country);
		if (reading.ok) return { phone: reading.e164 };
		problems.add(reading.reason);
	}
	return { phoneProblem: problems.size === 0 ? 'no phone number in the order' : [...problems].join('; ') };
}
