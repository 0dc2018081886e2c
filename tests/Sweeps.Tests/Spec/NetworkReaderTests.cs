using AdvFit.Learning;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Spec;

public class NetworkReaderTests
{
    private const string Sound =
        """
        name: small
        input: [1, 28, 28]
        layers:
          - convolution: { name: conv1, channels: 6, kernel: 5, padding: 2 }
          - activation: relu
          - pooling: { kind: max, size: 2 }
          - convolution: { name: features.3, channels: 8, kernel: 3, stride: 2 }
          - activation: tanh
          - pooling: { kind: average, size: 3, stride: 1 }
          - linear: { name: 6, outputs: 10 }
        """;

    [Fact]
    public void Every_kind_of_layer_is_read_with_defaults_as_in_PyTorch()
    {
        var network = NetworkReader.Parse(Sound, "net.yaml");
        network.Name.ShouldBe("small");
        network.Input.ShouldBe(new ImageShape(1, 28, 28));
        network.Layers.ShouldBe(
        [
            new Convolution("conv1", 6, 5, Stride: 1, Padding: 2),
            new Activation(ActivationKind.Relu),
            new Pooling(PoolingKind.Max, 2, 2),
            new Convolution("features.3", 8, 3, Stride: 2, Padding: 0),
            new Activation(ActivationKind.Tanh),
            new Pooling(PoolingKind.Average, 3, 1),
            new Linear("6", 10),
        ]);
        network.Parameters.Select(parameter => parameter.Name).ShouldBe(
            ["conv1.weight", "conv1.bias", "features.3.weight", "features.3.bias", "6.weight", "6.bias"]);
    }

    [Fact]
    public void A_network_without_a_name_is_called_after_its_file() =>
        NetworkReader.Parse(Sound.Replace("name: small\n", "", StringComparison.Ordinal), "net.yaml").Name.ShouldBe("net.yaml");

    [Theory]
    [InlineData("activation: relu", "activation: sigmoid", "net.yaml:5:17: `activation` cannot be `sigmoid`; there is `relu`, `tanh`")]
    [InlineData("- activation: relu", "- flatten: 1", "net.yaml:5:5: a layer has no `flatten`; there is `convolution`, `batch_normalization`, `pooling`, `global_average_pooling`, `activation`, `dropout`, `linear`, `add`, `concatenate`")]
    [InlineData("- activation: relu", "- relu", "net.yaml:5:5: a layer is one of convolution, batch_normalization, pooling, global_average_pooling, activation, dropout, linear, add, concatenate, such as `- activation: relu`")]
    [InlineData("kind: max", "kind: maximum", "net.yaml:6:22: `kind` cannot be `maximum`; there is `max`, `average`")]
    [InlineData("kernel: 5", "kernel: 0", "net.yaml:4:54: `kernel` must be a whole number from 1 to 1024, not `0`")]
    [InlineData("kernel: 5", "kernal: 5", "net.yaml:4:18: `convolution` lacks `kernel`")]
    [InlineData("[1, 28, 28]", "28", "net.yaml:2:8: `input` must be channels, rows and columns, such as [3, 32, 32], with at most 4194304 pixels")]
    [InlineData("[1, 28, 28]", "[1, 28, many]", "net.yaml:2:8: `input` must be channels, rows and columns, such as [3, 32, 32], with at most 4194304 pixels")]
    [InlineData("[1, 28, 28]", "[1, 6, 6]", "net.yaml:9:5: Average pooling of size 3 and stride 1 does not fit an input of 8x1x1.")]
    [InlineData("name: features.3", "name: conv1", "net.yaml:7:5: the name `conv1` is taken by the layer in line 4")]
    [InlineData("outputs: 10", "outputs: 257", "net.yaml:10:5: the last layer gives 257 logits, one per class; there must be 2 to 256")]
    public void A_fault_is_told_with_its_place(string sound, string faulty, string problem)
    {
        var yaml = Sound.Replace(sound, faulty, StringComparison.Ordinal);
        Should.Throw<SpecException>(() => NetworkReader.Parse(yaml, "net.yaml"))
            .Problems.Select(each => each.ToString()).ShouldContain(problem);
    }

    private const string Branched =
        """
        name: residual
        input: [3, 12, 12]
        layers:
          - convolution: { name: stem, channels: 8, kernel: 1, kernel_columns: 3, padding_columns: 1, bias: false }
          - batch_normalization: { name: bn, epsilon: 0.001 }
          - activation: relu
          - add:
            - - convolution: { name: a, channels: 8, kernel: 3, padding: 1 }
              - dropout: 0.25
            - []
          - concatenate:
            - - pooling: { kind: max, size: 3, stride: 2, padding: 1 }
            - - convolution: { name: b, channels: 4, kernel: 3, stride: 2, padding: 1 }
              - activation: tanh
          - global_average_pooling
          - linear: { name: fc, outputs: 5 }
        """;

    [Fact]
    public void Paths_side_by_side_are_lists_in_a_list()
    {
        var network = NetworkReader.Parse(Branched, "net.yaml");
        network.Nodes.Select(node => $"{node.Layer.GetType().Name}({string.Join(',', node.Inputs)}) {node.Output}").ShouldBe(
        [
            "Convolution(0) 8x12x12", "BatchNormalization(1) 8x12x12", "Activation(2) 8x12x12", "Convolution(3) 8x12x12",
            "Dropout(4) 8x12x12", "Addition(5,3) 8x12x12", "Pooling(6) 8x6x6", "Convolution(6) 4x6x6", "Activation(8) 4x6x6",
            "Concatenation(7,9) 12x6x6", "GlobalAveragePooling(10) 12x1x1", "Linear(11) 5x1x1",
        ]);
        network.Parameters.Select(parameter => parameter.Name).ShouldBe(
        [
            "stem.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked", "a.weight",
            "a.bias", "b.weight", "b.bias", "fc.weight", "fc.bias",
        ]);
    }

    [Theory]
    [InlineData("name: a, channels: 8", "name: a, channels: 9", "net.yaml:7:5: paths of 9x12x12 and 8x12x12 cannot be added")]
    [InlineData("stride: 2, padding: 1 }\n      - activation", "padding: 1 }\n      - activation",
        "net.yaml:11:5: the channels of paths of 8x6x6 and 4x12x12 cannot be concatenated")]
    [InlineData("name: b,", "name: a,", "net.yaml:13:9: the name `a` is taken by the layer in line 8")]
    [InlineData("    - - convolution: { name: a,", "    - - activation: relu\n      - convolution: { name: a,",
        "net.yaml:8:9: the first layer of a path cannot be an activation, for other paths read its input as well")]
    [InlineData("    - []\n", "", "net.yaml:8:5: `add` must be a list of at least two paths, each a list of layers; an empty one passes its input on")]
    public void A_fault_of_a_path_is_told_with_its_place(string sound, string faulty, string problem)
    {
        var yaml = Branched.Replace(sound, faulty, StringComparison.Ordinal);
        yaml.ShouldNotBe(Branched);
        Should.Throw<SpecException>(() => NetworkReader.Parse(yaml, "net.yaml"))
            .Problems.Select(each => each.ToString()).ShouldContain(problem);
    }

    [Fact]
    public void An_activation_cannot_be_the_last_layer() =>
        Should.Throw<SpecException>(() => NetworkReader.Parse(Sound + "\n  - activation: relu", "net.yaml"))
            .Problems.ShouldHaveSingleItem().ToString().ShouldBe("net.yaml:11:5: the last layer cannot be an activation");

    [Fact]
    public void All_faults_are_told_at_once() =>
        Should.Throw<SpecException>(() => NetworkReader.Parse("inputs: 3\nlayers: [{ linear: {} }, { pooling: max }]", "net.yaml"))
            .Problems.Select(problem => (problem.Line, problem.Message)).ShouldBe(
            [
                (1, "a network has no `inputs`; did you mean `input`?"),
                (1, "a network lacks `input`"),
                (2, "`linear` lacks `name`"),
                (2, "`linear` lacks `outputs`"),
                (2, "`pooling` must be a mapping, such as pooling: { kind: .. }"),
            ], ignoreOrder: true);

    [Fact]
    public void A_layer_that_no_memory_holds_is_refused() =>
        Should.Throw<SpecException>(() => NetworkReader.Parse(
                "input: [60000, 1, 1]\nlayers: [{ linear: { name: a, outputs: 60000 } }, { linear: { name: b, outputs: 2 } }]", "net.yaml"))
            .Problems.ShouldHaveSingleItem().Message.ShouldStartWith("this layer is too large");

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<SpecException>(() => NetworkReader.Read("nowhere.yaml")).Message.ShouldContain("network file nowhere.yaml");
}
