import { useState } from "react";
import { useBalise } from "../balise.js";

export function Account() {
  const tag = useBalise();
  const [known, setKnown] = useState(false);

  function signIn() {
    tag.identify("customer-42");
    setKnown(true);
  }

  function signOut() {
    tag.track("signed_out");
    // The next event of this browser belongs to somebody new.
    tag.reset();
    setKnown(false);
  }

  return (
    <>
      <title>Account</title>
      <h1>Account</h1>
      <button type="button" onClick={known ? signOut : signIn}>
        {known ? "Sign out" : "Sign in"}
      </button>
    </>
  );
}
