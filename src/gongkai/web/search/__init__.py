"""Chinese full text search over what is public: an index derived from the database."""
