"""Other languages: which texts are to be translated, their gettext catalogues, and their use."""
