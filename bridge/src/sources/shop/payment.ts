/** What gateways that collect at the door are called, where shops are. Names are free text of the merchant or app. */
const CASH_ON_DELIVERY = new RegExp(
	[
		'(?<![a-z])cod(?![a-z])',
		'cash[ _-]?on[ _-]?delivery',
		'(?:pay|payment|card)[ _-]?on[ _-]?delivery',
		'contra[ -]?re?e?mbolso',
		'contrassegno',
		'nachnahme',
		'contre[ -]remboursement',
		'(?:paiement|payer) (?:à|a) la livraison',
		'pagamento na entrega',
		'(?:za )?pobraniem',
		'dob[íi]rk',
		'ramburs',
		'rembours',
		'efterkrav',
		'kap[ıi]da [öo]deme',
		'налож',
		'при получении',
		'الدفع عند الاستلام',
		'貨到付款',
		'货到付款',
		'代金引換',
		'代引',
		'bayar di tempat',
		'thanh toán khi nhận',
		'เก็บเงินปลายทาง',
	].join('|'),
	'iu',
);

export const isCashOnDelivery = (gateways: readonly string[]): boolean =>
	gateways.some((gateway) => CASH_ON_DELIVERY.test(gateway));

/** "gift_card", "shopify_payments" → "Gift card + Shopify payments"; names that a person wrote stay as they are. */
export const paymentMethod = (gateways: readonly string[]): string | undefined =>
	gateways.map((gateway) => (/^[a-z0-9_]+$/.test(gateway) ? sentence(gateway) : gateway)).join(' + ') || undefined;

const sentence = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
