"""The style of the page of figures: light and dark, wide and narrow, screen and paper."""

STYLE = """
:root{--ink:#1b1f24;--soft:#505a64;--paper:#fff;--line:#c9d1d9;--shade:#f3f5f7;
--in-time:#1f6f5c;--late:#b3261e;--open:#3c6fb4;--none:#7b8794;--plain:#34618e;--mark:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebee;--soft:#aab4be;--paper:#14181c;
--line:#3a434c;--shade:#1e242a;--in-time:#4fb89c;--late:#ff8a80;--open:#82b1ff;--none:#93a0ac;
--plain:#7fb0dd;--mark:#14181c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem;text-wrap:balance}
h2{font-size:1.2rem;margin:0 0 .75rem}
header p,footer p,section>p{color:var(--soft);margin:.25rem 0;max-width:46rem}
section{border-top:1px solid var(--line);margin-top:2rem;padding-top:1.5rem}
.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;
margin:1.5rem 0 0}
.summary div{background:var(--shade);border-radius:.5rem;padding:.75rem 1rem}
.summary dt{color:var(--soft);font-size:.875rem}
.summary dd{margin:0;font-size:1.75rem;font-weight:650;font-variant-numeric:tabular-nums}
figure{margin:0 0 1rem}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:3px solid var(--open);outline-offset:2px}
svg{display:block;width:100%;min-width:30rem;max-width:45rem;height:auto}
svg text{fill:var(--ink);font-size:14px;font-variant-numeric:tabular-nums}
.axis{stroke:var(--line);stroke-width:1;fill:none}
.hatch{stroke:var(--mark);stroke-width:1.5;stroke-opacity:.7}
.dot{fill:var(--mark);fill-opacity:.75}
.in-time{fill:var(--in-time);background:var(--in-time)}
.late{fill:var(--late);background:var(--late)}
.open{fill:var(--open);background:var(--open)}
.none{fill:var(--none);background:var(--none)}
.plain{fill:var(--plain)}
.withheld{fill:var(--shade);stroke:var(--soft);stroke-dasharray:3 3;background:var(--shade)}
.key i.withheld{border:1px dashed var(--soft)}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.5rem 0 0;
font-size:.875rem;color:var(--soft)}
.key i{display:inline-block;width:.9em;height:.9em;border-radius:2px;margin-right:.4em;
vertical-align:-.1em}
.key i.late{background-image:repeating-linear-gradient(45deg,var(--mark) 0 1px,transparent 1px 4px)}
.key i.open{background-image:radial-gradient(var(--mark) 1px,transparent 1.2px);
background-size:4px 4px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.4rem .6rem;text-align:right;border-bottom:1px solid var(--line);
vertical-align:top}
td{white-space:nowrap}
td.words{white-space:normal;text-align:left;min-width:9rem}
thead th,thead th:first-child{font-weight:600;font-size:.875rem;color:var(--soft);
vertical-align:bottom}
th:first-child{text-align:left;font-weight:500}
tbody tr.in0>th{font-weight:600}
tbody tr.in1>th{padding-left:1.75rem;font-weight:400}
tbody tr:hover{background:var(--shade)}
table.late td,table.late thead th,table.log td,table.log thead th{text-align:left}
table.log{min-width:34rem}
table.log tbody th,table.month tbody th{white-space:nowrap}
details{margin-top:.75rem;max-width:46rem}
summary{cursor:pointer;color:var(--soft)}
details dt{font-weight:600;margin-top:.5rem}
details dd{margin:0;color:var(--soft)}
small{display:block;font-size:.8125rem}
footer{margin-top:2rem}
@media print{details{display:none}section{break-inside:avoid}}
"""
