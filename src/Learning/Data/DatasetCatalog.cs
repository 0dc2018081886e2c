using System.Collections.Immutable;

namespace AdvFit.Learning.Data;

/// <summary>
/// The data sets known by name. Where a publisher gives MD5 only, the SHA-256 here is that of the very files whose MD5
/// is the published one, which stands beside it.
/// </summary>
public static class DatasetCatalog
{
    internal const string TrainImages = "train-images-idx3-ubyte";
    internal const string TrainLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    private static readonly ImageShape Grey28 = new(1, 28, 28);

    private static readonly ImmutableArray<string> Digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    private static readonly ImmutableArray<string> Clothes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>All data sets, the embedded one first.</summary>
    public static ImmutableArray<KnownDataset> All { get; } =
    [
        new("fashion-mnist-mini", "10,000 + 2,000 images of Fashion-MNIST, comes with AdvFit (MIT, Zalando SE)",
            DatasetLayout.Idx, Grey28, 10_000, 2_000, Clothes,
            Files:
            [
                new(TrainImages, 7_840_016, "d33512cfdc636a0d8972818e6659995be209a88891df7fa2109d7895922c8985"),
                new(TrainLabels, 10_008, "620cb8e3b9348037c5ff9a07b02d773ab165330e072dfd19e0d21c59f8042dcf"),
                new(TestImages, 1_568_016, "15a92dd1e9b16ea361928086e77df4dfa890c255c00b5a8c8162c1040ce8eef1"),
                new(TestLabels, 2_008, "234596aeb6eb48133ec99a62541f90bc0728c9559a681f1e0638037462458f2c"),
            ],
            Downloads: [],
            Mirrors: []),

        new("mnist", "60,000 + 10,000 handwritten digits (LeCun, Cortes, Burges)",
            DatasetLayout.Idx, Grey28, 60_000, 10_000, Digits,
            Files:
            [
                new(TrainImages, 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                new(TrainLabels, 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                new(TestImages, 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                new(TestLabels, 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ],
            Downloads:
            [
                // MD5 f68b3c2dcbeaaa9fbdd348bbdeb94873, d53e105ee54ea40749a09fcbcd1e9432,
                // 9fb629c4189551a2d022fa330f9573f3, ec29112dd5afa0611ce80d1b7f02629c
                new(TrainImages + ".gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                new(TrainLabels + ".gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                new(TestImages + ".gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                new(TestLabels + ".gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
            ],
            Mirrors:
            [
                "http://yann.lecun.com/exdb/mnist/",
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
            ]),

        new("fashion-mnist", "60,000 + 10,000 images of clothing (Zalando SE, MIT)",
            DatasetLayout.Idx, Grey28, 60_000, 10_000, Clothes,
            Files:
            [
                new(TrainImages, 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                new(TrainLabels, 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                new(TestImages, 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                new(TestLabels, 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            ],
            Downloads:
            [
                // MD5 8d4fb7e6c68d591d4c3dfef9ec88bf0d, 25c81989df183df01b3e8a0aad5dffbe,
                // bef4ecab320f06d8554ea6380940ec79, bb300cfdad3c16e7a12a480ee83cd310
                new(TrainImages + ".gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                new(TrainLabels + ".gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                new(TestImages + ".gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                new(TestLabels + ".gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
            ],
            Mirrors:
            [
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            ]),

        new("cifar10", "50,000 + 10,000 colour images of ten things (Krizhevsky)",
            DatasetLayout.Cifar10, new ImageShape(3, 32, 32), 50_000, 10_000, [.. Cifar10Reader.BuiltInClasses],
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
                new(Cifar10Reader.ArchiveName, 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
            ],
            Mirrors:
            [
                "https://www.cs.toronto.edu/~kriz/",
                "https://cave.cs.toronto.edu/kriz/",
                "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/",
            ]),
    ];

    /// <summary>The data set of a name; null where no data set is called so.</summary>
    public static KnownDataset? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    /// <summary>The data set of a name.</summary>
    /// <exception cref="DatasetException">No data set is called so; the message lists those that are.</exception>
    public static KnownDataset Get(string name) => Find(name) ?? throw new DatasetException(
        $"No data set is called '{name}'; known are {string.Join(", ", All.Select(known => known.Name))}.");
}
