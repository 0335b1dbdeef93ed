import { Output, toValueSync, Value, type Template } from 'liquidjs';

/** Every value that a template reads: in outputs, conditions and assignments, at any depth. */
export function valuesIn(templates: readonly Template[]): Value[] {
	return everyTemplate(templates).flatMap((template) =>
		[...(template.arguments?.() ?? [])].filter((each) => each instanceof Value),
	);
}

/** Every `{{ … }}`, at any depth. */
export const outputsIn = (templates: readonly Template[]): Output[] =>
	everyTemplate(templates).filter((template): template is Output => template instanceof Output);

function everyTemplate(templates: readonly Template[]): Template[] {
	return templates.flatMap((template) => {
		if (!template.children) return [template];
		const children: Template[] = toValueSync(template.children(false, true));
		return [template, ...everyTemplate(children)];
	});
}
