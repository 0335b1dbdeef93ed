import type { StoredDelivery } from '../source';
import type { Topic as AnyTopic } from '../shop/topic';
import type { Reader } from './read-order';

export interface TopicContext {
	reader: Reader;
	topic: string;
	headers: StoredDelivery['headers'];
}
export type Topic = AnyTopic<TopicContext>;
