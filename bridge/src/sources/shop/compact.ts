type Defined<Value> = {
	[Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key];
} & {
	[Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
};

/** The same object without the fields that are undefined: absent and undefined are one thing to a mapping. */
export function compact<Value extends object>(value: Value): Defined<Value> {
	const kept: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(value)) if (field !== undefined) kept[key] = field;
	return kept as Defined<Value>;
}
