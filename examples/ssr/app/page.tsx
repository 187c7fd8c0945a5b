export default function Home() {
  return (
    <>
      <title>Lamps</title>
      <h1>Lamps</h1>
      <ul>
        <li>
          <a href="/lamps/heron">Heron</a>
        </li>
        <li>
          <a href="/lamps/lune">Lune</a>
        </li>
      </ul>
    </>
  );
}
