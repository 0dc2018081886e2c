using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>CIFAR-10: small colour images (Krizhevsky 2009).</summary>
internal static class Cifar10
{
    public static KnownDataset Dataset { get; } = new(
        "cifar10",
        "50,000 + 10,000 colour images of ten things (Krizhevsky)",
        new Cifar10Layout(),
        new ImageShape(3, 32, 32),
        Train: 50_000,
        Test: 10_000,
        [.. Cifar10Layout.Classes],
        // The publisher gives a checksum of the archive only; its members' are those that torchvision-ruby lists.
        Files:
        [
            new("data_batch_1.bin", 30_730_000, "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            new("data_batch_2.bin", 30_730_000, "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            new("data_batch_3.bin", 30_730_000, "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            new("data_batch_4.bin", 30_730_000, "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            new("data_batch_5.bin", 30_730_000, "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
            new("test_batch.bin", 30_730_000, "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
        ],
        // MD5 c32a1d4ab5d03f1284b67883e8d87530
        Downloads:
        [
            new(Cifar10Layout.Archive, 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
        ],
        Mirrors:
        [
            "https://www.cs.toronto.edu/~kriz/",
            "https://cave.cs.toronto.edu/kriz/",
            "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/",
        ]);
}
