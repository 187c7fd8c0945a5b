import { Link } from "react-router";

export function Home() {
  return (
    <>
      <title>Lamps</title>
      <h1>Lamps</h1>
      <ul>
        <li>
          <Link to="/lamps/heron">Heron</Link>
        </li>
        <li>
          <Link to="/lamps/galet">Galet</Link>
        </li>
      </ul>
    </>
  );
}
