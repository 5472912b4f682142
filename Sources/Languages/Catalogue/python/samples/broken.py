print("never printed")
if True
    print("nor this")
