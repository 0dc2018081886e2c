using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>MNIST: handwritten digits (LeCun, Bottou, Bengio, Haffner 1998).</summary>
internal static class Mnist
{
    public static KnownDataset Dataset { get; } = new(
        "mnist",
        "60,000 + 10,000 handwritten digits (LeCun, Cortes, Burges)",
        new IdxLayout(),
        new ImageShape(1, 28, 28),
        Train: 60_000,
        Test: 10_000,
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Files:
        [
            new(IdxLayout.TrainImages, 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new(IdxLayout.TrainLabels, 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new(IdxLayout.TestImages, 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new(IdxLayout.TestLabels, 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ],
        Downloads:
        [
            // MD5 f68b3c2dcbeaaa9fbdd348bbdeb94873, d53e105ee54ea40749a09fcbcd1e9432,
            // 9fb629c4189551a2d022fa330f9573f3, ec29112dd5afa0611ce80d1b7f02629c
            new(IdxLayout.TrainImages + ".gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new(IdxLayout.TrainLabels + ".gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new(IdxLayout.TestImages + ".gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new(IdxLayout.TestLabels + ".gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ],
        Mirrors:
        [
            "http://yann.lecun.com/exdb/mnist/",
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ]);
}
