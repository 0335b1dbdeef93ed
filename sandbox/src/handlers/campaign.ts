import { wabaById, type Entry } from '../state';
import type { UploadedFile } from '../uploaded-file';
import type { World } from '../world';
import { Collection } from './collection';
import { tags } from './crm';

export interface CampaignBody {
	name: string;
	waba_id?: string;
	platform?: string;
	template_name: string;
	language?: string;
	recipient_type: 'all_contacts' | 'specific_contacts' | 'tags';
	contact_numbers?: string[];
	tag_ids?: string[];
	variables_mapping?: Record<string, string>;
	media_url?: string;
	coupon_code?: string;
	offer_expiration_minutes?: number;
	carousel_products?: { product_retailer_id: string; catalog_id: string }[];
	carousel_cards_data?: { media_url?: string; variables_mapping?: Record<string, string> }[];
	file_url?: UploadedFile[];
	is_scheduled?: boolean;
	scheduled_at?: string;
}

export type Campaign = Entry &
	CampaignBody & { status: 'pending' | 'scheduled' | 'sending' | 'completed' | 'failed'; total_contacts: number };

export const campaigns = new Collection('campaigns', {
	noun: 'Campaign',
	references: { waba_id: wabaById, tag_ids: tags.find },
});

/** All campaigns are made from bodies that the contract has checked. */
export const allCampaigns = (world: World): Campaign[] => campaigns.all(world.state) as Campaign[];
