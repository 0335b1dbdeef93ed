/**
 * Tells messlo-bridge at once when a row is added or marked, instead of waiting for its next look.
 *
 * 1. In the spreadsheet: Extensions → Apps Script. Put this file in the place of what is there.
 * 2. Project settings → Script properties: MESSLO_URL = https://bridge.example.com/webhooks/google-sheets/diwali,
 *    MESSLO_SECRET = one of the `secrets` of the source, MESSLO_SHEET = the name of the sheet (the tab).
 * 3. Run `install` once and allow what it asks for.
 *
 * Simple triggers may not call out, so `install` makes installable ones. Google does not repeat a post that failed, so a
 * trigger every five minutes posts again what no answer has come for.
 */

var COLUMNS = { status: 'WhatsApp status', posted: 'WhatsApp posted' };
var MARK = 'send';
var MOST_POSTS = 50;

/** Run once by hand: makes the triggers, each only once. */
function install() {
	var spreadsheet = SpreadsheetApp.getActive();
	ScriptApp.getProjectTriggers().forEach(function (trigger) {
		ScriptApp.deleteTrigger(trigger);
	});
	ScriptApp.newTrigger('messloFormSubmit').forSpreadsheet(spreadsheet).onFormSubmit().create();
	ScriptApp.newTrigger('messloEdit').forSpreadsheet(spreadsheet).onEdit().create();
	ScriptApp.newTrigger('messloChange').forSpreadsheet(spreadsheet).onChange().create();
	ScriptApp.newTrigger('messloPostAgain').timeBased().everyMinutes(5).create();
}

/** Somebody sent the form: the row goes. */
function messloFormSubmit(event) {
	postRow(event.range.getSheet(), event.range.getRow(), 'form_submit', {});
}

/** Somebody edited a cell: the row goes when its status says so. */
function messloEdit(event) {
	var sheet = event.range.getSheet();
	var row = event.range.getRow();
	if (!isOurs(sheet) || row < 2) return;
	var values = rowValues(sheet, row);
	if (!wantsToGo(values)) return;
	postRow(sheet, row, 'edit', {
		column: event.range.getColumn(),
		a1: event.range.getA1Notation(),
		oldValue: event.oldValue,
		value: event.value,
	});
}

/** Rows were added or removed: there are no cells in it, so the bridge is only told to look. */
function messloChange(event) {
	if (event.changeType !== 'INSERT_ROW' && event.changeType !== 'REMOVE_ROW' && event.changeType !== 'OTHER') return;
	var sheet = event.source.getActiveSheet();
	if (isOurs(sheet)) post(envelope(sheet, 'change', { changeType: event.changeType }));
}

/** By the clock: rows that want to go and of which no post arrived. */
function messloPostAgain() {
	var sheet = SpreadsheetApp.getActive().getSheetByName(property('MESSLO_SHEET'));
	if (!sheet) return;
	var posted = columnOf(sheet, COLUMNS.posted);
	for (var row = 2, posts = 0; row <= sheet.getLastRow() && posts < MOST_POSTS; row++) {
		var values = rowValues(sheet, row);
		if (!wantsToGo(values) || (posted > 0 && values[COLUMNS.posted] !== '')) continue;
		posts++;
		postRow(sheet, row, 'again', {});
	}
}

function postRow(sheet, row, event, more) {
	if (!isOurs(sheet) || row < 2) return;
	var values = rowValues(sheet, row);
	var body = envelope(sheet, event, more);
	body.row = row;
	body.values = values;
	if (!post(body)) return;
	// Kept only where the sheet has such a column: a bridge with credentials writes the status by itself.
	var posted = columnOf(sheet, COLUMNS.posted);
	if (posted > 0) sheet.getRange(row, posted).setValue(body.sentAt);
}

/** A row that nobody has sent yet, or that is marked to go (again); an empty one does not. */
function wantsToGo(values) {
	var status = String(values[COLUMNS.status] || '')
		.trim()
		.toLowerCase();
	var isFilled = Object.keys(values).some(function (name) {
		return name !== COLUMNS.status && name !== COLUMNS.posted && values[name] !== '';
	});
	return isFilled && (status === '' || status === MARK);
}

function envelope(sheet, event, more) {
	var body = {
		v: 1,
		event: event,
		spreadsheetId: sheet.getParent().getId(),
		sheet: sheet.getName(),
		sentAt: new Date().toISOString(),
		nonce: Utilities.getUuid(),
	};
	Object.keys(more).forEach(function (key) {
		if (more[key] !== undefined) body[key] = more[key];
	});
	return body;
}

/** Cells by the names in the first row, as they are shown: a number keeps its leading zero. */
function rowValues(sheet, row) {
	var width = sheet.getLastColumn();
	var names = sheet.getRange(1, 1, 1, width).getDisplayValues()[0];
	var cells = sheet.getRange(row, 1, 1, width).getDisplayValues()[0];
	var values = {};
	names.forEach(function (name, index) {
		name = String(name).trim();
		if (name !== '' && !(name in values)) values[name] = String(cells[index]);
	});
	return values;
}

/** From 1; 0 when there is no such column. */
function columnOf(sheet, name) {
	var names = sheet.getRange(1, 1, 1, sheet.getLastColumn()).getDisplayValues()[0];
	for (var index = 0; index < names.length; index++) if (String(names[index]).trim() === name) return index + 1;
	return 0;
}

function isOurs(sheet) {
	return sheet.getName() === property('MESSLO_SHEET');
}

/** True when the bridge has it. A post that fails is written to the log and made again by the clock. */
function post(body) {
	var text = JSON.stringify(body);
	var timestamp = String(Math.floor(Date.now() / 1000));
	var answer = UrlFetchApp.fetch(property('MESSLO_URL'), {
		method: 'post',
		contentType: 'application/json',
		payload: text,
		headers: { 'x-timestamp': timestamp, 'x-signature': signature(property('MESSLO_SECRET'), timestamp, text) },
		muteHttpExceptions: true,
	});
	if (answer.getResponseCode() === 200) return true;
	console.log('messlo-bridge answered ' + answer.getResponseCode() + ': ' + answer.getContentText());
	return false;
}

/** Hex of HMAC-SHA256(secret, timestamp + '.' + body); Google gives the bytes with a sign. */
function signature(secret, timestamp, body) {
	return Utilities.computeHmacSha256Signature(timestamp + '.' + body, secret, Utilities.Charset.UTF_8)
		.map(function (byte) {
			return ('0' + (byte < 0 ? byte + 256 : byte).toString(16)).slice(-2);
		})
		.join('');
}

function property(name) {
	var value = PropertiesService.getScriptProperties().getProperty(name);
	if (!value) throw new Error('Set ' + name + ' under Project settings → Script properties');
	return value;
}
