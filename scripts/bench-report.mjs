// Turns the figures of a benchmark into docs/BENCHMARKS.md.

const number = (value) => value.toLocaleString('en-GB');
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const kilobytes = (bytes) => `${(bytes / 1e3).toFixed(1)} KB`;
const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

const SERVERS = [
  ['wex', 'wex'],
  ['wex_compressed', 'wex, asked for compression'],
  ['nginx', 'nginx, the same bytes as a file'],
];

function rows({ figures }, name) {
  return SERVERS.map(([key, label]) => {
    const of = (figure) => figures[`${name}.${key}.${figure}`];
    return `| ${label} | ${number(of('requests_per_second'))} | ${milliseconds(of('median_ms'))} | ${milliseconds(of('p99_ms'))} |`;
  }).join('\n');
}

function submissions({ figures }) {
  return [
    ['sqlite', 'SQLite'],
    ['sqlite_with_worker', 'SQLite, while the same program also sends the emails'],
    ['postgres', 'PostgreSQL'],
  ]
    .filter(([key]) => `submitting.${key}.per_second` in figures)
    .map(([key, label]) => {
      const of = (figure) => figures[`submitting.${key}.${figure}`];
      return `| ${label} | ${number(of('per_second'))} | ${milliseconds(of('median_ms'))} | ${milliseconds(of('p99_ms'))} |`;
    })
    .join('\n');
}

function engine({ figures }) {
  return [10_000, 100_000]
    .map((count) => {
      const of = (figure) => figures[`engine.${count}.${figure}`];
      return `| ${number(of('opportunities'))} | ${milliseconds(of('median_ms'))} | ${milliseconds(of('p99_ms'))} | ${milliseconds(of('mean_ms'))} | ${number(of('rebuilt_ms'))} ms | ${megabytes(of('memory_bytes'))} |`;
    })
    .join('\n');
}

/** Other programs' list pages, where they were asked for. */
function others(figures) {
  const measured = ['pretalx', 'pretix'].filter((name) => `peers.${name}.version` in figures);
  if (measured.length === 0) return '';
  const rows = measured.map((name) => `| ${name} ${figures[`peers.${name}.version`]}, ${kilobytes(figures[`peers.${name}.page_bytes`])} | ${line(figures, `peers.${name}`)} |`);
  return `
List pages of other programs, on SQLite behind gunicorn with a worker for each core. They are of other kinds; this says what a list costs elsewhere.

| | Requests a second | Median | 99th percentile |
|---|---:|---:|---:|
${rows.join('\n')}
`;
}

function line(figures, name) {
  return `${number(figures[`${name}.requests_per_second`])} | ${milliseconds(figures[`${name}.median_ms`])} | ${milliseconds(figures[`${name}.p99_ms`])}`;
}

/** The whole text, from what scripts/bench.mjs measured. */
export function markdown(result) {
  const { figures, machine, load, paths } = result;
  const heading = '| Served by | Requests a second | Median | 99th percentile |\n|---|---:|---:|---:|';
  return `# Benchmarks

Written by \`make bench\` on ${result.date}, at commit ${result.commit}. The same figures by name are in [benchmarks.json](benchmarks.json).

One run on one machine, where wrk shares the cores with the server that it measures. Compare figures of one run only.

| Machine | |
|---|---|
| Processor | ${machine.cpu}, ${machine.cores} cores |
| Memory | ${(machine.memory_bytes / 1e9).toFixed(1)} GB |
| System | ${machine.system}, kernel ${machine.kernel} |
| Load average before the run | ${machine.load_before} |
| Compared with | nginx ${machine.nginx}, ${load.nginx_workers} workers, access log off |
| Load | wrk ${machine.wrk}: ${load.threads} threads, ${load.connections} connections, ${load.seconds} seconds each after 2 seconds to warm up |

wex runs as \`wex serve --demo\` with an SQLite database of demonstration data. Search is limited for each address; as all requests come from one, \`WEX_SEARCH_PER_MINUTE=0\` takes that limit away here. These are pages that many ask for at the same time: wex makes each once a second. nginx is a ceiling, not a rival: it sends a file and decides nothing.

## Search page

\`${paths.search}\`, ${kilobytes(figures['search.page_bytes'])} of HTML.

${heading}
${rows(result, 'search')}

## Opportunity page

\`${paths.opportunity}\`, ${kilobytes(figures['opportunity.page_bytes'])} of HTML.

${heading}
${rows(result, 'opportunity')}

## Submitting

Learners press "Send application": a form over HTTP by somebody who is signed in, answered once the application, its event, its letters and its line in the audit trail are on the disk. ${result.submitting.connections} connections of wrk for ${result.submitting.seconds} seconds after 3 to warm up; every application is sent once and was filled in before. Afterwards each one is counted in the database, whole. One submission is ${figures['submitting.statements']} statements.

| Database | Submissions a second | Median | 99th percentile |
|---|---:|---:|---:|
${submissions(result)}

Both wait for the disk at every commit (SQLite \`synchronous=FULL\`, PostgreSQL \`fsync=on\`). On the same disk, just before: ${number(figures['submitting.disk.writes'])} writes of 4 KB a second, each waited for; ${number(figures['submitting.disk.commits'])} commits a second of one bare row each on one SQLite connection. Submissions share commits ([decision 0011](decisions/0011-group-commit.md)), so they are not bound by these.

## The search by itself

Searches in the process, with words (right and mistyped), places, distances and any filters, exact numbers beside every choice, over invented opportunities with five sessions each. ${number(figures['engine.100000.queries'])} searches each, after some to warm up. Memory is what the process has more than before, with what is free given back at once.${result.engine ? ` Measured again by itself on ${result.engine.date}, at commit ${result.engine.commit}.` : ''}

| Opportunities | Median | 99th percentile | Mean | Read from the database and built | Memory |
|---|---:|---:|---:|---:|---:|
${engine(result)}

Ten times the data takes ${(figures['engine.100000.mean_ms'] / figures['engine.10000.mean_ms']).toFixed(1)} times as long.

## A country

\`wex demo --scale ${result.scale}\` took ${figures['country.made_s']} seconds; its SQLite database has ${megabytes(figures['country.database_bytes'])}. From start to the first 200 of \`/ready\`: ${milliseconds(figures['country.start_ms'])}; the first search after that, which reads everything: ${milliseconds(figures['country.first_search_ms'])}. A search page has ${kilobytes(figures['country.page_bytes'])} of HTML.

| | Requests a second | Median | 99th percentile |
|---|---:|---:|---:|
| Search pages, none asked before | ${line(figures, 'country.never_asked')} |
| One popular search page | ${line(figures, 'country.popular.wex')} |
| The same bytes from nginx, as a file | ${line(figures, 'country.popular.nginx')} |
| Varied searches, ${figures['country.steady.per_second']} a second, timed from when each was due | ${figures['country.steady.per_second']} | ${milliseconds(figures['country.steady.median_ms'])} | ${milliseconds(figures['country.steady.p99_ms'])} |

Memory in use after all of this (VmRSS): ${megabytes(figures['country.memory_bytes'])}.
${others(figures)}
## What a browser loads

| File | After Brotli |
|---|---:|
| WASM | ${kilobytes(figures['size.wasm_brotli_bytes'])} |
| JavaScript | ${kilobytes(figures['size.js_brotli_bytes'])} |
| CSS | ${kilobytes(figures['size.css_brotli_bytes'])} |

At most 120 KB of WASM and JavaScript together and 30 KB of CSS are allowed; \`make budget\` checks it.

## Start-up, memory and the deployable

| | |
|---|---:|
| From start to the first 200 of \`/ready\`, making the demonstration's database | ${milliseconds(figures['start.first_ms'])} |
| The same with that database there, median of ${load.restarts} starts | ${milliseconds(figures['start.again_ms'])} |
| Memory in use after start (VmRSS) | ${megabytes(figures['memory.started_bytes'])} |
| Memory in use after the load | ${megabytes(figures['memory.loaded_bytes'])} |
| The binary \`wex\`, with the site's files inside | ${megabytes(figures['size.binary_bytes'])} |
`;
}
