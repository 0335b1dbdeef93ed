const SVG = 'http://www.w3.org/2000/svg';

/** An element with a class and children; strings become text, never markup. */
export function element(tag, className, ...children) {
	const made = document.createElement(tag);
	if (className) made.className = className;
	made.append(...children.filter((child) => child !== undefined && child !== ''));
	return made;
}

/** A drawing of lines. */
export function drawing(className, viewBox, ...paths) {
	const svg = document.createElementNS(SVG, 'svg');
	if (className) svg.setAttribute('class', className);
	svg.setAttribute('viewBox', viewBox);
	svg.setAttribute('aria-hidden', 'true');
	for (const d of paths) {
		const path = document.createElementNS(SVG, 'path');
		path.setAttribute('d', d);
		svg.append(path);
	}
	return svg;
}

/** Text that takes its direction from its first letter, as names in Arabic do. */
export function directed(tag, className, ...children) {
	const made = element(tag, className, ...children);
	made.dir = 'auto';
	return made;
}
