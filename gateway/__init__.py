"""How a question about a klant is answered; `schema` says what can be asked."""
