import { Link, Outlet } from "react-router";
import { usePageViews } from "../use-page-views.js";

export function Layout() {
  usePageViews();
  return (
    <>
      <nav>
        <Link to="/">Lamps</Link> <Link to="/account">Account</Link>
      </nav>
      <main>
        <Outlet />
      </main>
    </>
  );
}
