"""What a GPU earns, costs and returns on each platform when its tokens sell at a public price."""
