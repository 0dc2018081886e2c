using System.Collections.Immutable;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>Fashion-MNIST: clothing in the files of MNIST (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747).</summary>
internal static class FashionMnist
{
    public static ImmutableArray<string> Classes { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static KnownDataset Dataset { get; } = new(
        "fashion-mnist",
        "60,000 + 10,000 images of clothing (Zalando SE, MIT)",
        new IdxLayout(),
        new ImageShape(1, 28, 28),
        Train: 60_000,
        Test: 10_000,
        Classes,
        Files:
        [
            new(IdxLayout.TrainImages, 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            new(IdxLayout.TrainLabels, 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new(IdxLayout.TestImages, 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new(IdxLayout.TestLabels, 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        ],
        Downloads:
        [
            // MD5 8d4fb7e6c68d591d4c3dfef9ec88bf0d, 25c81989df183df01b3e8a0aad5dffbe,
            // bef4ecab320f06d8554ea6380940ec79, bb300cfdad3c16e7a12a480ee83cd310
            new(IdxLayout.TrainImages + ".gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new(IdxLayout.TrainLabels + ".gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new(IdxLayout.TestImages + ".gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new(IdxLayout.TestLabels + ".gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ],
        Mirrors:
        [
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        ]);
}
