import type { Template } from '../records';
import { exampleId } from './example-id';

type Definition = Partial<Template> & Pick<Template, 'template_name' | 'category' | 'message_body'>;

const LAMPS = ['lamp1.jpg', 'lamp2.jpg'].map((name) => `https://cdn.example.com/${name}`);

/** One approved template of each kind, and one that waits. */
export const TEMPLATES: readonly Definition[] = [
	{
		_id: exampleId('007'),
		template_name: 'order_update',
		category: 'UTILITY',
		message_body: 'Hello {{1}}, order {{2}} is on its way.',
		footer_text: 'Lamp House',
	},
	{
		template_name: 'order_invoice',
		category: 'UTILITY',
		header_media_type: 'document',
		header_url: 'https://cdn.example.com/samples/invoice.pdf',
		message_body: 'Hello {{1}}, the invoice for order {{2}} is attached.',
		buttons: [
			{ type: 'quick_reply', text: 'Thank you' },
			{ type: 'website', text: 'Track', website_url: 'https://shop.example.com/track' },
			{ type: 'phone_call', text: 'Call us', phone_number: '+12025550100' },
		],
	},
	{
		template_name: 'monthly_letter',
		category: 'MARKETING',
		header_text: 'News from Lamp House',
		message_body: 'Dear {{1}}, here is what is new in {{2}}.',
		footer_text: 'Reply STOP to opt out',
	},
	{
		template_name: 'sale_banner',
		category: 'MARKETING',
		header_media_type: 'image',
		header_url: 'https://cdn.example.com/banner.jpg',
		message_body: 'Dear {{1}}, our {{2}} sale has begun.',
		buttons: [{ type: 'website', text: 'Shop now', website_url: 'https://shop.example.com' }],
	},
	{
		template_name: 'sale_coupon',
		category: 'MARKETING',
		message_body: 'Dear {{1}}, a coupon for {{2}} for you.',
		buttons: [{ type: 'copy_code', text: 'SAMPLE15' }],
	},
	{
		template_name: 'sale_offer',
		category: 'MARKETING',
		is_limited_time_offer: true,
		offer_text: '15% off',
		has_expiration: true,
		message_body: 'Dear {{1}}, only in {{2}} and not for long.',
		buttons: [{ type: 'copy_code', text: 'SAMPLE15' }],
	},
	{
		template_name: 'lamp_cards',
		category: 'MARKETING',
		message_body: 'Dear {{1}}, two favourites of {{2}}.',
		carousel_cards: ['Desk lamp', 'Floor lamp'].map((body, index) => ({
			header_url: LAMPS[index] ?? '',
			body,
			buttons: [{ type: 'quick_reply', text: `I want the ${body.toLowerCase()}` }],
		})),
	},
	{
		template_name: 'our_catalog',
		category: 'MARKETING',
		message_body: 'Dear {{1}}, our lamps of {{2}} at one look.',
		buttons: [{ type: 'catalog', text: 'View catalog' }],
	},
	{
		template_name: 'login_code',
		category: 'AUTHENTICATION',
		message_body: '*{{1}}* is your verification code.',
		add_security_recommendation: true,
		code_expiration_minutes: 5,
		otp_buttons: [{ otp_type: 'COPY_CODE', copy_button_text: 'Copy code' }],
	},
	{
		template_name: 'may_we_call',
		category: 'UTILITY',
		call_permission: true,
		message_body: 'Hello {{1}}, may we call you about order {{2}}?',
	},
	{ template_name: 'price_change', category: 'UTILITY', message_body: 'Our prices change in May.', status: 'pending' },
	{
		template_name: 'monthly_letter',
		category: 'MARKETING',
		message_body: 'Dear {{1}}, news of {{2}}.',
		platform: 'telegram',
	},
	{
		template_name: 'order_update',
		category: 'UTILITY',
		message_body: 'Order {{2}} is coming, {{1}}.',
		platform: 'instagram',
	},
];
