"use client";
import { useState } from "react";
import { priceOf } from "./price.js";
import { tag } from "./tag.js";
import { useOnce } from "./use-once.js";

export function LampCard({ lamp }: { lamp: string }) {
  const [price] = useState(() => priceOf(lamp));
  useOnce(lamp, () => tag.track("lamp_viewed", { lamp }));

  function add() {
    const extras = price === undefined ? {} : { value: price, currency: "EUR" };
    tag.track("cart_added", { lamp, quantity: 1 }, extras);
  }

  return (
    <p>
      {price === undefined ? "Ask us for the price" : `${price} €`}
      <button type="button" onClick={add}>
        Add to the cart
      </button>
    </p>
  );
}
