import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Rooms of the bridge never import each other: journey.ts and main.ts call them (docs/architecture.md). */
const rooms = ['ingress', 'sources', 'store', 'mapping', 'documents', 'delivery', 'messlo', 'config'];
const wall = (room) => ({
	files: [`bridge/src/${room}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						group: [...rooms.filter((other) => other !== room).map((other) => `**/${other}/*`), '**/cli/*'],
						message: 'Rooms never import each other. Pass it in from journey.ts or main.ts.',
					},
				],
			},
		],
	},
});

export default tseslint.config(
	{
		ignores: [
			'**/dist/**',
			'**/node_modules/**',
			'data/**',
			'coverage/**',
			'**/*.js',
			'test/fixtures/**',
			'sandbox/public/**',
		],
	},
	js.configs.recommended,
	...tseslint.configs.strict,
	{
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'@typescript-eslint/no-dynamic-delete': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
		},
	},
	{
		files: ['bridge/src/**/*.ts', 'sandbox/src/**/*.ts'],
		ignores: ['bridge/src/config/environment.ts', 'sandbox/src/environment.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				{ object: 'process', property: 'env', message: 'One file reads the environment: environment.ts.' },
			],
		},
	},
	...rooms.map(wall),
	{
		files: ['**/*.mjs'],
		languageOptions: {
			globals: {
				process: 'readonly',
				console: 'readonly',
				URL: 'readonly',
				setTimeout: 'readonly',
				fetch: 'readonly',
				clearTimeout: 'readonly',
				Buffer: 'readonly',
			},
		},
	},
);
