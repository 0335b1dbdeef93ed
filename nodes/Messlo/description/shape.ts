import type { INodeProperties } from 'n8n-workflow';

/** A property but for its name: how it looks and what it holds. */
export type Shape = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;
