import { world } from '../support/world.ts';

const { n8n, installed } = world();

test('n8n installs the package by its own means and lists its nodes', async () => {
	expect(installed).toMatchObject({
		packageName: 'n8n-nodes-messlo',
		installedNodes: [{ name: 'Messlo', type: 'n8n-nodes-messlo.messlo' }],
	});
	const names = (await n8n.types('nodes'))
		.map(({ name }) => name)
		.filter((name) => name.startsWith('n8n-nodes-messlo.'));
	expect(names.sort()).toEqual(['n8n-nodes-messlo.messlo', 'n8n-nodes-messlo.messloTool']);
	const credentials = (await n8n.types('credentials')).map(({ name }) => name).filter((name) => /messlo/i.test(name));
	expect(credentials.sort()).toEqual(['messloApi', 'messloLoginApi']);
});
