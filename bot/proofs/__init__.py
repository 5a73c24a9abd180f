"""What is proven about scripts before they may reach a person; nothing here is needed to talk."""
