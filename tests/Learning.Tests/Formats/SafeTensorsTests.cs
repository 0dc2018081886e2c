using System.Buffers.Binary;
using System.Text;
using AdvFit.Learning.Formats;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Formats;

public class SafeTensorsTests
{
    private const string GoldenHeader =
        """{"__metadata__":{"format":"pt"},"fc.bias":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"step":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}""";

    [Fact]
    public void A_small_file_has_exactly_the_bytes_that_the_format_describes()
    {
        var file = SafeTensors.Write(
            [new Float32Tensor("fc.bias", [2], [1, -2]), new Int64Tensor("step", [], [7])],
            new Dictionary<string, string> { ["format"] = "pt" });

        var length = (GoldenHeader.Length + 7) / 8 * 8;
        BinaryPrimitives.ReadInt64LittleEndian(file).ShouldBe(length);
        Encoding.UTF8.GetString(file, 8, length).ShouldBe(GoldenHeader.PadRight(length));
        Convert.ToHexStringLower(file.AsSpan(8 + length)).ShouldBe("0700000000000000" + "0000803f" + "000000c0");
    }

    [Fact]
    public void A_file_without_tensors_can_be_read_back() =>
        SafeTensors.Read(SafeTensors.Write([]), "empty.safetensors").ShouldBeEmpty();

    [Property]
    public Property Whatever_is_written_is_read_back_in_the_same_order_to_the_bit() => Prop.ForAll(
        Tensors.ToArbitrary(),
        tensors =>
        {
            var read = SafeTensors.Read(SafeTensors.Write(tensors), "t");
            read.Select(Describe).ShouldBe(tensors.Select(Describe));
        });

    [Property]
    public Property Every_tensor_is_aligned_to_its_element_size() => Prop.ForAll(
        Tensors.ToArbitrary(),
        tensors =>
        {
            var file = SafeTensors.Write(tensors);
            var header = BinaryPrimitives.ReadInt64LittleEndian(file);
            (header % 8).ShouldBe(0);
            using var json = System.Text.Json.JsonDocument.Parse(file.AsMemory(8, (int)header));
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                var size = entry.Value.GetProperty("dtype").GetString() == "I64" ? 8 : 4;
                (entry.Value.GetProperty("data_offsets")[0].GetInt64() % size).ShouldBe(0);
            }
        });

    [Property]
    public Property A_file_cut_anywhere_is_refused_by_name_and_byte() => Prop.ForAll(
        Gen.Choose(0, Sample().Length - 1).ToArbitrary(),
        length => Should.Throw<InvalidDataException>(() => SafeTensors.Read(Sample().AsSpan(0, length), "cut.safetensors"))
            .Message.ShouldMatch(@"^cut\.safetensors, byte \d+: .+\.$"));

    [Theory]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "type F16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "shape [2] cannot lie at data offsets 0 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "cannot lie")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "leaves a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'b' overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "1 bytes are left over")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "'a' lacks a valid dtype, shape or data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":1}""", 0, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "no valid JSON")]
    [InlineData("""[]""", 0, "no JSON object")]
    [InlineData("""{"a":""", 0, "no valid JSON")]
    public void A_wrong_header_is_refused_in_words(string header, int dataBytes, string words) =>
        Should.Throw<InvalidDataException>(() => SafeTensors.Read(File(header, dataBytes), "x.safetensors"))
            .Message.ShouldSatisfyAllConditions(
                message => message.ShouldStartWith("x.safetensors, byte "),
                message => message.ShouldContain(words));

    [Fact]
    public void A_header_longer_than_the_file_is_refused_before_anything_is_allocated()
    {
        var file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);

        Should.Throw<InvalidDataException>(() => SafeTensors.Read(file, "x")).Message.ShouldContain("no safetensors file");
    }

    [Fact]
    public void Two_tensors_of_one_name_are_not_written() =>
        Should.Throw<ArgumentException>(() =>
            SafeTensors.Write([new Float32Tensor("a", [1], [1]), new Int64Tensor("a", [1], [1])]));

    [Fact]
    public void A_shape_that_does_not_fit_the_values_is_not_written() =>
        Should.Throw<ArgumentException>(() => SafeTensors.Write([new Float32Tensor("a", [2, 2], [1, 2, 3])]))
            .Message.ShouldContain("[2, 2] holds 3 values");

    private static Gen<NamedTensor[]> Tensors =>
        from count in Gen.Choose(0, 6)
        from tensors in Gen.CollectToList(Enumerable.Range(0, count), Tensor)
        select tensors.ToArray();

    private static Gen<NamedTensor> Tensor(int index) =>
        from rank in Gen.Choose(0, 3)
        from shape in Gen.ArrayOf(Gen.Choose(0, 4), rank)
        let length = shape.Aggregate(1, (product, dimension) => product * dimension)
        from bits in Gen.ArrayOf(ArbMap.Default.GeneratorFor<long>(), length)
        from isFloat in ArbMap.Default.GeneratorFor<bool>()
        select isFloat
            ? (NamedTensor)new Float32Tensor($"layer{index}.\"wéight\"", shape, Array.ConvertAll(bits, b => BitConverter.Int32BitsToSingle((int)b)))
            : new Int64Tensor($"step{index}", shape, bits);

    private static string Describe(NamedTensor tensor) =>
        $"{tensor.GetType().Name} {tensor.Name} [{string.Join(",", tensor.Shape)}] {Convert.ToHexString(tensor.Bytes)}";

    private static byte[] Sample() =>
        SafeTensors.Write([new Float32Tensor("a", [2, 1], [1, 2]), new Int64Tensor("step", [1], [3])]);

    private static byte[] File(string header, int dataBytes)
    {
        var file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        Encoding.UTF8.GetBytes(header, file.AsSpan(8));
        return file;
    }
}
