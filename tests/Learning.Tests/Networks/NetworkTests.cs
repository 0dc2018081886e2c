using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Networks;

public sealed class NetworkTests
{
    /// <summary>Each kind of layer alone between pixels and a linear layer, in awkward sizes.</summary>
    public static TheoryData<string> Layers => [.. s_layers.Keys];

    private static readonly Dictionary<string, LayerDefinition[]> s_layers = new()
    {
        ["convolution"] = [new Convolution("c", 7, 3)],
        ["strided convolution"] = [new Convolution("c", 2, 3, Stride: 2)],
        ["padded convolution"] = [new Convolution("c", 6, 5, Padding: 2)],
        ["strided, padded convolution"] = [new Convolution("c", 11, 4, Stride: 3, Padding: 3)],
        ["convolution with a stride over its kernel"] = [new Convolution("c", 3, 1, Stride: 2)],
        ["max pooling"] = [new Pooling(PoolingKind.Max, 2, 2)],
        ["overlapping max pooling"] = [new Pooling(PoolingKind.Max, 3, 1)],
        ["average pooling"] = [new Pooling(PoolingKind.Average, 2, 2)],
        ["average pooling with gaps"] = [new Pooling(PoolingKind.Average, 2, 3)],
        ["rectangular convolution without a bias"] = [new Convolution("c", 4, 1, KernelColumns: 5, PaddingColumns: 2, Bias: false)],
        ["convolution of single pixels"] = [new Convolution("c", 8, 1)],
        ["padded max pooling"] = [new Pooling(PoolingKind.Max, 3, 2) { Padding = 1 }],
        ["padded average pooling"] = [new Pooling(PoolingKind.Average, 3, 1) { Padding = 1 }],
        ["average pooling of pixels only"] = [new Pooling(PoolingKind.Average, 3, 2) { Padding = 1, CountIncludePad = false }],
        ["global average pooling"] = [new Convolution("c", 6, 3), new GlobalAveragePooling()],
        ["a shortcut"] = [new Convolution("a", 5, 3, Padding: 1), new Branches(new Addition(),
            [[new Convolution("b", 5, 3, Padding: 1), new Activation(ActivationKind.Tanh)], []])],
        ["a shortcut that is projected"] = [new Branches(new Addition(),
            [[new Convolution("b", 5, 3, Stride: 2), new Activation(ActivationKind.Relu)], [new Convolution("s", 5, 3, Stride: 2)]])],
        ["paths side by side"] = [new Convolution("a", 4, 1), new Branches(new Concatenation(),
            [
                [new Convolution("b", 3, 3, Padding: 1), new Activation(ActivationKind.Tanh)],
                [new Convolution("c", 2, 1), new Branches(new Concatenation(), [[new Convolution("d", 2, 3, Padding: 1)], []])],
                [],
                [new Pooling(PoolingKind.Average, 3, 1) { Padding = 1 }, new Convolution("e", 5, 1)],
            ])],
        ["linear and relu"] = [new Linear("l", 9), new Activation(ActivationKind.Relu)],
        ["linear and tanh"] = [new Linear("l", 33), new Activation(ActivationKind.Tanh)],
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_are_the_central_differences_of_the_definition(string layers)
    {
        var network = new NetworkDefinition(layers, new ImageShape(3, 8, 7), [.. s_layers[layers], new Linear("last", 4)]);
        var weights = Parameters.Initialize(network, 1, 1);
        var image = TestNetworks.Images(1, 1, 1, network.Input);
        var (pass, gradients) = (new TrainingPass(Loaded(network, weights), 1, weights), new Parameters(network));
        var tile = pass.Tiles[0];
        TestNetworks.Fill(tile, image, image.Length);
        pass.Forward(1);
        tile.CrossEntropy([2], 1).ShouldBe(Loss(Double(weights.Values), Double(image)), 1e-5);
        pass.Backward(gradients);
        tile.Backward();

        for (var i = 0; i < weights.Count; i += 1 + weights.Count / 97)
        {
            var expected = ReferenceNetwork.CentralDifference(w => Loss(w, Double(image)), Double(weights.Values), i);
            ((double)gradients.Values[i]).ShouldBe(expected, 2e-5, $"weight {i}");
        }

        for (var i = 0; i < image.Length; i++)
        {
            var expected = ReferenceNetwork.CentralDifference(x => Loss(Double(weights.Values), x), Double(image), i);
            ((double)tile.PixelGradients[i * tile.Lanes]).ShouldBe(expected, 2e-5, $"pixel {i}");
        }

        double Loss(double[] w, double[] x)
        {
            var logits = ReferenceNetwork.Forward(network, w, x);
            return Math.Log(logits.Sum(Math.Exp)) - logits[2];
        }
    }

    [Property(MaxTest = 60)]
    public Property Logits_are_those_of_the_definition() => Prop.ForAll(
        Gen.Choose(1, 13).Four().Zip(Gen.Choose(1, 3).Three()).ToArbitrary(), sizes =>
        {
            var ((channels, outputs, height, width), (kernel, stride, padding)) = sizes;
            var (h, w) = (height + 3, width + 3);
            var network = new NetworkDefinition(
                "random", new ImageShape(1 + channels % 4, h, w),
                [new Convolution("c", outputs, kernel, stride, padding), new Activation(ActivationKind.Relu), new Linear("l", channels)]);
            var weights = Parameters.Initialize(network, 7, outputs);
            var images = TestNetworks.Images(7, outputs, Tile.Lanes, network.Input);
            var tile = Loaded(network, weights).CreateTile();
            TestNetworks.Fill(tile, images, network.Input.Length);
            tile.Forward();
            foreach (var lane in new[] { 0, 17, 31 })
            {
                var image = Double(images.AsSpan(lane * network.Input.Length, network.Input.Length));
                var expected = ReferenceNetwork.Forward(network, Double(weights.Values), image);
                var actual = TestNetworks.Lane(tile.Logits, lane, tile.Lanes);
                for (var k = 0; k < channels; k++)
                {
                    ((double)actual[k]).ShouldBe(expected[k], 1e-5);
                }
            }
        });

    [Theory]
    [InlineData("lenet5", 1, 28)]
    [InlineData("lenet5", 3, 32)]
    [InlineData("lenet5-wide", 3, 32)]
    [InlineData("every-layer", 3, 11)]
    [InlineData("branched", 3, 9)]
    [InlineData("resnet18-small", 3, 16)]
    public void Every_vector_width_and_number_of_threads_trains_to_the_same_bits(string name, int channels, int side)
    {
        var network = TestNetworks.Create(name, new ImageShape(channels, side, side), 10);
        var images = TestNetworks.Images(5, 1, 90, network.Input);
        var labels = Enumerable.Range(0, 90).Select(i => (byte)(i % network.Classes)).ToArray();
        var runs = Enum.GetValues<VectorWidth>().Select(width => (width, 1)).Concat([(VectorWidths.Widest, 2), (VectorWidths.Widest, 5)]);
        var results = runs.Select(run =>
        {
            var (width, threads) = run;
            var weights = Parameters.Initialize(network, 5, 1);
            var training = new TrainingSpec(1, 40, 0.003);
            var trainer = new Trainer(
                new Network(network, width, threads), weights, Optimizer.Create(network, training), training);
            trainer.Epoch(new FloatImages(images, labels, network.Input.Length), [.. Enumerable.Range(0, 90)]);
            var tile = trainer.Network.CreateTile();
            TestNetworks.Fill(tile, images.AsSpan(0, 32 * network.Input.Length), network.Input.Length);
            tile.Forward();
            tile.CrossEntropy(labels.AsSpan(0, 32), 32);
            tile.Backward();
            return (Weights: weights.Values.ToArray(), Logits: tile.Logits.ToArray(), Pixels: tile.PixelGradients.ToArray());
        }).ToArray();

        foreach (var other in results[1..])
        {
            SameBits(other.Weights, results[0].Weights);
            SameBits(other.Logits, results[0].Logits);
            SameBits(other.Pixels, results[0].Pixels);
        }
    }

    [Property(MaxTest = 20)]
    public Property A_sample_never_sees_its_batch_mates() => Prop.ForAll(
        Gen.Choose(0, 31).Two().Zip(Gen.Choose(1, 1000)).ToArbitrary(), choice =>
        {
            var ((lane, otherLane), seed) = choice;
            var network = TestNetworks.EveryLayer;
            var length = network.Input.Length;
            var tile = Loaded(network, Parameters.Initialize(network, 3, 3)).CreateTile();
            var crowd = TestNetworks.Images((ulong)seed, 1, Tile.Lanes, network.Input);
            var image = crowd.AsSpan(lane * length, length).ToArray();

            TestNetworks.Fill(tile, crowd, length);
            var (logits, gradients) = Run(lane);
            tile.Pixels.Clear();
            for (var pixel = 0; pixel < length; pixel++)
            {
                tile.Pixels[pixel * Tile.Lanes + otherLane] = image[pixel];
            }

            var (logitsAlone, gradientsAlone) = Run(otherLane);
            SameBits(logitsAlone, logits);
            SameBits(gradientsAlone, gradients);

            (float[], float[]) Run(int at)
            {
                tile.Forward();
                tile.LogitGradients.Clear();
                tile.LogitGradients[at] = 1;
                tile.LogitGradients[2 * Tile.Lanes + at] = -1;
                tile.Backward();
                return (TestNetworks.Lane(tile.Logits, at, Tile.Lanes), TestNetworks.Lane(tile.PixelGradients, at, Tile.Lanes));
            }
        });

    [Theory]
    [InlineData(32)]
    [InlineData(45)]
    public void A_training_step_allocates_nothing(int batch)
    {
        var network = TestNetworks.EveryLayer;
        var training = new TrainingSpec(1, batch, 0.003);
        var trainer = new Trainer(
            new Network(network), Parameters.Initialize(network, 1, 1), Optimizer.Create(network, training), training);
        var images = new FloatImages(
            TestNetworks.Images(1, 1, batch, network.Input), new byte[batch], network.Input.Length);
        var numbers = Enumerable.Range(0, batch).ToArray();
        trainer.Step(images, numbers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Step(images, numbers);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_layer_that_does_not_fit_is_refused_with_its_name_and_sizes()
    {
        var error = Should.Throw<ArgumentException>(() => NetworkCatalog.Create("lenet5", new ImageShape(1, 6, 6), 10));
        error.Message.ShouldBe(
            "conv2: a convolution of 16 channels, kernel 5, stride 1 and padding 0 does not fit an input of 6x1x1.");
        Should.Throw<ArgumentException>(() => NetworkCatalog.Create("lenet", new ImageShape(1, 28, 28), 10)).Message
            .ShouldContain("there is lenet5, lenet5-wide");
    }

    [Fact]
    public void LeNet5_has_the_published_sizes()
    {
        var network = NetworkCatalog.Create("lenet5", new ImageShape(1, 28, 28), 10);
        network.ParameterCount.ShouldBe(61_706);
        network.Parameters.Select(p => $"{p.Name} {string.Join('x', p.Shape)}").ShouldBe(
        [
            "conv1.weight 6x1x5x5", "conv1.bias 6", "conv2.weight 16x6x5x5", "conv2.bias 16", "fc1.weight 120x400",
            "fc1.bias 120", "fc2.weight 84x120", "fc2.bias 84", "fc3.weight 10x84", "fc3.bias 10",
        ]);
    }

    [Fact]
    public void Initial_weights_fill_the_range_that_PyTorch_uses()
    {
        var network = NetworkCatalog.Create("lenet5-wide", new ImageShape(3, 32, 32), 10);
        var weights = Parameters.Initialize(network, 9, 2);
        foreach (var parameter in network.Parameters.Where(p => p.Length > 1000))
        {
            var bound = parameter.Initial.ShouldBeOfType<Initialization.Uniform>().Bound;
            bound.ShouldBe(1 / Math.Sqrt(parameter.Shape[1..].Aggregate(1, (product, size) => product * size)));
            var values = Double(weights[parameter]);
            values.Max().ShouldBeInRange(bound * 0.99, bound);
            values.Min().ShouldBeInRange(-bound, -bound * 0.99);
            values.Average().ShouldBe(0, bound / 10);
        }
    }

    private static Network Loaded(NetworkDefinition definition, Parameters weights)
    {
        var network = new Network(definition);
        network.Load(weights);
        return network;
    }

    private static double[] Double(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = values[i];
        }

        return result;
    }

    private static void SameBits(float[] actual, float[] expected) =>
        actual.Select(BitConverter.SingleToInt32Bits).ShouldBe(expected.Select(BitConverter.SingleToInt32Bits));
}
