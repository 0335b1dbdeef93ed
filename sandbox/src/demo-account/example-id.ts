/** The record id that the contract's examples use, by its last three digits. */
export const exampleId = (last: string): string => `665f1c2ab7d1c8a5f0e41${last}`;
