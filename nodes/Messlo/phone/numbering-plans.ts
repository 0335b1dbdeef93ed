/** How many digits may follow a country calling code. */
export interface NumberingPlan {
	mobile: ReadonlySet<number>;
	/** Mobile, landline, internet and personal numbers. */
	any: ReadonlySet<number>;
}

/**
 * Calling code, the lengths of its mobile numbers, after a slash those that only other numbers have: as libphonenumber
 * knows them, which a test compares. WhatsApp's own ids for Mexico have a 1 after the 52, so 11 digits are taken there too.
 */
const PLANS = `
	1:10 20:10/8-9 211:9 212:9 213:9/8 216:8 218:9 220:7,9 221:9 222:8 223:8 224:9/8 225:10 226:8 227:8
	228:8 229:10 230:8/7 231:7,9/8 232:8 233:9 234:10 235:8 236:8 237:9 238:7 239:7 240:9 241:7-8 242:9
	243:7,9/8,10 244:9 245:9/7 246:7 247:5 248:7 249:9 250:9/8 251:9 252:7-9/6 253:8 254:9/7-8 255:9 256:9
	257:8 258:9/8 260:9 261:9 262:9 263:9/10 264:9/8 265:9/7 266:8 267:8/7 268:8 269:7 27:5-9 290:5/4 291:7
	297:7 298:6 299:6 30:10 31:9,11 32:9/8 33:9 34:9 350:8 351:9 352:9/4-8,10-11 353:9/7-8,10 354:7,9
	355:9/8 356:8 357:8 358:6-10/5 359:8-9/6-7 36:9/8 370:8 371:8 372:7-8 373:8 374:8 375:9 376:6,9 377:8-9
	378:8/10 380:9 381:8-10/7,11-12 382:8 383:8/9-12 385:8-9 386:8 387:8-9 389:8 39:9-10/6-8,11-12 40:9/6
	41:9 420:9 421:9/6-7 423:7,9 43:7-13/4-6 44:10/9 45:8 46:9/7-8 47:8 48:9/7 49:10-11/5-9,12-15 500:5
	501:7 502:8 503:8 504:8 505:8 506:8 507:7-8 508:6,9 509:8 51:9/8 52:10-11 53:8/6-7,10 54:10-11 55:10-11
	56:9 57:10/8 58:10 590:9 591:8 592:7 593:9/8 594:9 595:9/7-8 596:9 597:7/6 598:8 599:7-8 60:9-10/8 61:9
	62:9-12/7-8 63:10/6,8-9 64:8-10 65:8 66:9/8 670:8/7 672:6 673:7 674:7 675:8/7 676:7/5 677:5,7 678:7/5
	679:7 680:7 681:6 682:5 683:4,7 685:7,10/5-6 686:8/5 687:6 688:6-7/5 689:8 690:4-7 691:7 692:7 7:10
	81:10/9 82:9-10/5-6,8,11 84:9/10 850:10/8 852:8 853:8 855:8-9 856:9-10/8 86:11/7-10 880:10/6-9
	886:9/8,10-11 90:10 91:10 92:10/9 93:9 94:9 95:7-10/6 960:7 961:7-8 962:9/8 963:9/8 964:10/8-9 965:8
	966:9 967:9/7-8 968:8 970:9/8 971:9/8 972:9/8,11-12 973:8 974:8 975:8/7 976:8/9-10 977:10/8 98:10/6-7
	992:9 993:8 994:9 995:9 996:9 998:9
`;

/** By calling code. */
export const NUMBERING_PLANS: ReadonlyMap<string, NumberingPlan> = new Map(
	PLANS.trim()
		.split(/\s+/)
		.map((plan) => {
			const [code = '', mobile = '', other = ''] = plan.split(/[:/]/);
			return [code, { mobile: new Set(lengths(mobile)), any: new Set([...lengths(mobile), ...lengths(other)]) }];
		}),
);

/** "7,9-11" as 7, 9, 10, 11. */
function lengths(list: string): number[] {
	return list
		.split(',')
		.filter((run) => run !== '')
		.flatMap((run) => {
			const [first = 0, last = first] = run.split('-').map(Number);
			return Array.from({ length: last - first + 1 }, (_, index) => first + index);
		});
}
