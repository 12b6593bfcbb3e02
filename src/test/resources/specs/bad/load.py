result = len(inputs["files"])
