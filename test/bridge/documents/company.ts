import type { Company } from '../../../bridge/src/domain';

/** The Indian seller of the sample orders. */
export const buildCompany = (overrides: Partial<Company> = {}): Company => ({
	name: 'Kaveri Handlooms Private Limited',
	address: ['221, MG Road', 'Bengaluru 560001'],
	country: 'IN',
	email: 'care@kaveri.example',
	phone: '+91 80 4123 4567',
	website: 'kaveri.example',
	taxId: '29ABCDE1234F1Z5',
	state: '29-Karnataka',
	colour: '#b4533a',
	footer: 'Goods once sold may be exchanged within 14 days. Subject to Bengaluru jurisdiction.',
	bank: ['State Bank of India, MG Road', 'A/c 1234 5678 9012', 'IFSC SBIN0000813'],
	...overrides,
});
