/** What a test relies on being there. */
export function there<Value>(value: Value | null | undefined): Value {
	if (value == null) throw new Error('Something that this test relies on is not there');
	return value;
}
