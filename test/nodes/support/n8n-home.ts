import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes its configuration there when it is imported; else it would be the home of whoever runs the tests.
process.env['N8N_USER_FOLDER'] ??= mkdtempSync(join(tmpdir(), 'n8n-home-'));
