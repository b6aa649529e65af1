import { Html } from './html';

/** Colours that change with the reader’s scheme; each text colour has 4.5:1 and more on the page. */
const schemes = {
  light: `--page:#fff;--ink:#1b2127;--muted:#586069;--line:#dde2e7;--raised:#f6f8f9;--accent:#0a58ca;--good:#176f2c;--warn:#855600;--bad:#b3261e;
--band:rgb(90 105 120/.2);--thread:#b9c2cb;--mark:#3b5b7d;--on-part:#fff;
--part-1:#2f5f98;--part-2:#a84e12;--part-3:#2b7a4b;--part-4:#7a4fa3;--part-5:#a32d66;--part-6:#0b737b;--part-7:#7d6200;--part-8:#4b5b8c;--part-other:#5f6a75`,
  dark: `--page:#12161a;--ink:#e5eaef;--muted:#a0abb6;--line:#2f373f;--raised:#1a2026;--accent:#7db3ff;--good:#5fc97a;--warn:#e0ad4a;--bad:#ff8a80;
--band:rgb(160 175 190/.22);--thread:#48535e;--mark:#9cc3ee;--on-part:#101418;
--part-1:#7fb0e6;--part-2:#eb9a63;--part-3:#73c795;--part-4:#bb97e2;--part-5:#e58ab6;--part-6:#5fc3cb;--part-7:#d6bb52;--part-8:#9aaae0;--part-other:#9aa5b0`,
} as const;

const text = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
header,main,footer{max-width:1200px;margin:0 auto;padding:0 24px}
header{padding-top:40px}
h1{font-size:2rem;line-height:1.15;letter-spacing:-.02em;margin:0 0 .4rem;font-weight:650;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 .35rem;font-weight:650}
h3{font-size:1.1rem;margin:1.2rem 0 .5rem}
h4{font-size:.95rem;margin:1.2rem 0 .3rem}
p{margin:.4rem 0;max-width:75ch}
.lead,.facts,.made{color:var(--muted)}
.facts .mark{white-space:nowrap}
.made{max-width:none}
.facts{font-size:.85rem;font-weight:400}
.id,code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.88em;overflow-wrap:anywhere}
.big{font-size:1.5rem;font-weight:650;letter-spacing:-.02em;line-height:1.2}
.keep{white-space:nowrap}
.term{font-weight:600}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:24px;top:-100px;background:var(--page);padding:.4rem .6rem}
.skip:focus{top:8px}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:1.1rem 0 0;padding:.7rem 0;border-block:1px solid var(--line);font-size:.9rem}
section{padding:36px 0 4px}
main>section:first-child{padding-top:1rem}
footer{padding-block:40px;color:var(--muted);font-size:.85rem}
ul,ol{padding-left:1.3rem;margin:.4rem 0}
pre{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;margin:.5rem 0;overflow-x:auto;overflow-wrap:normal}
`;

const tables = `
.scroll{position:relative;overflow-x:auto;margin:.9rem 0 1.4rem;max-width:100%;background:linear-gradient(to left,var(--page) 40%,transparent) right/2rem 100% no-repeat local,linear-gradient(to left,var(--thread),transparent) right/.7rem 100% no-repeat scroll}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding-bottom:.4rem;font-size:.9rem}
caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 2rem)}
th,td{padding:.42rem 1rem .42rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th,thead td{border-bottom:1px solid var(--ink);font-weight:600;vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:400;color:var(--muted);min-width:8.5rem}
tbody th .keep{white-space:nowrap}
.term{color:var(--ink)}
.group th{color:var(--ink);font-weight:600;padding-top:1.1rem}
.size{font-size:1.05rem;white-space:normal;overflow-wrap:anywhere}
table:has(.size){table-layout:fixed}table:has(th:nth-child(4) .size){min-width:46rem}
.number{text-align:right;white-space:nowrap}
.strong{font-weight:650}
.prose{min-width:15rem}
td a{text-decoration-color:currentColor;color:inherit}
`;

const parts = `
.mark{font-weight:600}
.points ul{list-style:none;padding:0}
.points li{margin:.35rem 0}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.plain{color:inherit;font-weight:400}
.note{border-left:3px solid var(--warn);background:var(--raised);color:var(--ink);padding:.35rem .9rem;margin:.7rem 0;border-radius:0 6px 6px 0;font-size:.9rem}
.note.bad{border-color:var(--bad);color:var(--ink)}
details{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.6rem 0;font-weight:600;font-size:.95rem}
summary h3{display:inline;font-size:inherit}
.collapsible{padding:0 0 1rem}
.effect{display:grid;grid-template-columns:6.2rem 1fr;gap:0 .6rem;padding:.12rem 0}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:0 2rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:.8rem;list-style:none;padding:0;margin:0}
.card{border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem;font-size:.9rem;line-height:1.4}
.card h3{display:inline;margin:0 .6rem 0 0}
.card p{margin:.2rem 0}
.card .marks{display:inline}
.card dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem .7rem;margin:.3rem 0 0}
.card dt{color:var(--muted);white-space:nowrap}
.card dd{margin:0}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.6rem 2.5rem;margin:1.2rem 0}
.panel{margin:0;min-width:0}
figcaption{margin-bottom:.3rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;font-size:.85rem}
.swatch{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.4em;vertical-align:-.05em}
.band{background:var(--band);width:1.6em}
.stroke{width:0;height:1em;border-left:2px dashed var(--ink);border-radius:0;vertical-align:-.15em}
.chart svg,.picture svg{display:block;max-width:100%;height:auto}
.narrow{display:none}
.picture svg{min-width:960px;width:100%}
.sign{display:inline-block;min-width:1.4em;text-align:center;border:1px solid var(--line);border-radius:4px;font-weight:600;color:var(--ink)}
.chart text{font-family:inherit;font-size:12px;dominant-baseline:central}
.picture text{font-family:inherit}
.node{fill:var(--page);stroke:var(--muted)}
.frame{fill:var(--raised);stroke:var(--line)}
.frame-title,.edge-label{font-size:11px;fill:var(--muted)}
.node-title{font-size:13px;font-weight:650;fill:var(--ink)}
.node-text{font-size:11.5px;fill:var(--ink)}
.node-sign{font-size:11.5px;font-weight:650;fill:var(--muted)}
.edge{fill:none;stroke:var(--mark);stroke-width:1.4}
.dashed{stroke-dasharray:4 3}
#arrow path{fill:var(--mark)}
`;

const media = `
@media (max-width:640px){header,main,footer{padding-inline:16px}header{padding-top:16px}h1{font-size:1.6rem}.made{font-size:.8rem;line-height:1.35}.cards{gap:.5rem}.card{padding:.45rem .7rem;font-size:.85rem}.card p,.card dl{margin:0}.wide{display:none}.narrow{display:block}
.scroll tbody th{position:sticky;left:0;background:var(--page);min-width:7rem;max-width:9.5rem}.group th{max-width:none}.scroll td{min-width:6.5rem}.scroll td.prose{min-width:17rem}.effect{display:block;padding-bottom:.4rem}.effect>.mark{display:block}}
@media print{:root{${schemes.light}}html{font-size:9.5pt}body{font-size:1rem}header,main,footer{max-width:none;padding-inline:0}nav,.skip{display:none}
section{break-inside:auto;padding-top:20px}h2,h3,h4,caption,figcaption{break-after:avoid}.panel,tr,.note,pre,.picture{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto}details>summary h3{display:inline;font-size:inherit}
.collapsible{display:block}summary{list-style:none;break-after:avoid}
.scroll{overflow:visible}table{font-size:.8rem}th,td{padding-block:.22rem}.prose{min-width:0}.picture svg{min-width:0}a{color:inherit;text-decoration:none}*{print-color-adjust:exact}}
@page{size:landscape;margin:14mm}
`;

/** The style sheet of the page: one column, tables that scroll in their own boxes, two schemes, and paper. */
export const style = new Html(
  `:root{${schemes.light}}@media (prefers-color-scheme:dark){:root{${schemes.dark}}}${text}${tables}${parts}${media}`.replaceAll(
    /\n+/g,
    '\n',
  ),
);
