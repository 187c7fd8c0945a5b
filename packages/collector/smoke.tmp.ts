import { startForTest, eventually } from "./src/embedded/testing/start.ts";
const e = await startForTest();
for (const query of ["SELECT number FROM numbers(1000000000000) FORMAT TSV","SELECT number FROM numbers(1000000000000) WHERE sipHash64(number) = 1 FORMAT TSV","SELECT sleepEachRow(0.5), number FROM numbers(100) FORMAT TSV SETTINGS max_block_size=2","SELECT a.number FROM numbers(100000000) a JOIN numbers(100000000) b ON a.number=b.number ORDER BY 1 FORMAT TSV"]) {
const show=async()=>(await e.ask("SELECT query_id, elapsed, is_cancelled, Settings['log_comment'], query FROM system.processes WHERE query LIKE '%numbers(%' AND query NOT LIKE '%system.processes%'")).text;
const a=new AbortController(); const p=e.send("/?query="+encodeURIComponent(query),{signal:a.signal}).then(r=>r.text()).catch(()=>"left");
await new Promise(r=>setTimeout(r,500)); console.log("before",await show()); a.abort(); console.log(await p);
for(let i=0;i<6;i++){await new Promise(r=>setTimeout(r,500)); console.log("after",await show());}
}
await e.destroy();
