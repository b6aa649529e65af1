import type { EChartsOption } from 'echarts';
import { Html, html } from './html';

/**
 * Bars, marks and axes alone, in one small file, which has no types of its own. The whole library takes three times as long to load, and
 * five times as long by its modules.
 */
const { init } = require('echarts/dist/echarts.common.min') as Pick<typeof import('echarts'), 'init'>;

/** An option of the library for a picture of this width; the height is the chart's own. */
export type Drawing = (width: number) => { readonly option: EChartsOption; readonly height: number };

/** Pixels that the charts are drawn for: a column of the page, and a telephone of 360 px without its margins. */
const widths = { wide: 540, narrow: 328 } as const;

export const fontSize = 12;

/** Colours by the names that the style sheet gives them, so that they follow the reader’s scheme. */
export const colours = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  page: 'var(--page)',
  bad: 'var(--bad)',
  mark: 'var(--mark)',
  band: 'var(--band)',
  onPart: 'var(--on-part)',
} as const;

/**
 * A chart as pictures of two widths, of which the style sheet shows one. `says` is the text that stands for it; a table with the
 * same figures belongs beside it. Whatever the option holds as text, the library escapes.
 */
export function chart(drawing: Drawing, description: string): Html {
  const pictures = Object.entries(widths).map(([name, width]) => html`<div class="${name}">${picture(drawing, width)}</div>`);
  return html`<div class="chart" role="img" aria-label="${description}">${pictures}</div>`;
}

function picture(drawing: Drawing, width: number): Html {
  const { option, height } = drawing(width);
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    instance.setOption({ animation: false, textStyle: { fontFamily: 'inherit', color: colours.ink }, ...option });
    return new Html(plain(instance.renderToSVGString()));
  } finally {
    instance.dispose();
  }
}

/**
 * Without what only a script would use, what the style sheet says, what is not seen, the frames of lines, which nothing here leaves, and
 * classes that count up from chart to chart.
 */
function plain(svg: string): string {
  return svg
    .replaceAll(/<style[\s\S]*?<\/style>|<path[^>]*transform="matrix\(0,0,0,0,[^>]*><\/path>|<rect[^>]*fill="none"><\/rect>/g, '')
    .replaceAll(/<defs[\s\S]*?<\/defs>| clip-path="[^"]*"/g, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events|xmlns(?::\w+)?|baseProfile|version|xml:space)="[^"]*"/g, '')
    .replaceAll('font-size:12px;font-family:inherit;', '')
    .replaceAll(' style=""', '')
    .replaceAll('></path>', '/>')
    .replaceAll(' dominant-baseline="central"', '')
    .replaceAll(/\n+/g, '')
    .replace('<svg', '<svg aria-hidden="true" focusable="false"');
}
