using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>A part of Fashion-MNIST that comes with AdvFit; <c>data/fashion-mnist-mini</c> says how it was made.</summary>
internal static class FashionMnistMini
{
    public static KnownDataset Dataset { get; } = new(
        "fashion-mnist-mini",
        "10,000 + 2,000 images of Fashion-MNIST, comes with AdvFit (MIT, Zalando SE)",
        new IdxLayout(),
        new ImageShape(1, 28, 28),
        Train: 10_000,
        Test: 2_000,
        FashionMnist.Classes,
        Files:
        [
            new(IdxLayout.TrainImages, 7_840_016, "d33512cfdc636a0d8972818e6659995be209a88891df7fa2109d7895922c8985"),
            new(IdxLayout.TrainLabels, 10_008, "620cb8e3b9348037c5ff9a07b02d773ab165330e072dfd19e0d21c59f8042dcf"),
            new(IdxLayout.TestImages, 1_568_016, "15a92dd1e9b16ea361928086e77df4dfa890c255c00b5a8c8162c1040ce8eef1"),
            new(IdxLayout.TestLabels, 2_008, "234596aeb6eb48133ec99a62541f90bc0728c9559a681f1e0638037462458f2c"),
        ],
        Downloads: [],
        Mirrors: []);
}
