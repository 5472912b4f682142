print("never printed")
if true the
    print("nor this")
end
