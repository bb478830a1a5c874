"""The flow layer, the only floor that imports Prefect: runs that somebody wants to see, schedule or share out."""
