using System.Text;
using AdvFit.Learning.Formats;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Formats;

public class NpyTests
{
    /// <summary>What numpy.save of NumPy 1.24 writes: the header's text and the values in hexadecimal.</summary>
    public static TheoryData<NpyArray, string, string> SavedByNumPy => new()
    {
        { new NpyArray<float>([2, 3], [1.5f, -2, 3, 4, 5, 6.25f]), "'<f4', 'fortran_order': False, 'shape': (2, 3)", "0000c03f000000c000004040000080400000a0400000c840" },
        { new NpyArray<double>([2], [1.0 / 3, -0.0]), "'<f8', 'fortran_order': False, 'shape': (2,)", "555555555555d53f0000000000000080" },
        { new NpyArray<byte>([2], [0, 255]), "'|u1', 'fortran_order': False, 'shape': (2,)", "00ff" },
        { new NpyArray<bool>([2, 1], [true, false]), "'|b1', 'fortran_order': False, 'shape': (2, 1)", "0100" },
        { new NpyArray<int>([], [7]), "'<i4', 'fortran_order': False, 'shape': ()", "07000000" },
        { new NpyArray<long>([0, 3], []), "'<i8', 'fortran_order': False, 'shape': (0, 3)", "" },
        { new NpyArray<long>([1], [-(1L << 40)]), "'<i8', 'fortran_order': False, 'shape': (1,)", "0000000000ffffff" },
    };

    [Theory]
    [MemberData(nameof(SavedByNumPy))]
    public void The_bytes_are_those_that_NumPy_writes(NpyArray array, string header, string values)
    {
        var expected = new List<byte>(Convert.FromHexString("934e554d505901007600"));
        expected.AddRange(Encoding.ASCII.GetBytes($"{{'descr': {header}, }}".PadRight(117) + "\n"));
        expected.AddRange(Convert.FromHexString(values));

        Npy.Write(array).ShouldBe(expected.ToArray());
    }

    [Theory]
    [MemberData(nameof(SavedByNumPy))]
    public void What_is_written_is_read_back(NpyArray array, string header, string values)
    {
        var read = Npy.Read(Npy.Write(array), "a.npy");

        header.ShouldContain(read.Type);
        read.GetType().ShouldBe(array.GetType());
        read.Shape.ShouldBe(array.Shape);
        Convert.ToHexStringLower(read.Bytes).ShouldBe(values);
    }

    [Property]
    public Property Values_start_at_a_multiple_of_64_bytes_whatever_the_shape() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 2)).Select(shape => shape[..Math.Min(shape.Length, 12)]).ToArbitrary(),
        shape =>
        {
            var length = shape.Aggregate(1, (product, dimension) => product * dimension);
            var file = Npy.Write(new NpyArray<byte>(shape, new byte[length]));
            ((file.Length - length) % 64).ShouldBe(0);
            Npy.Read<byte>(file, "a.npy").Shape.ShouldBe(shape);
        });

    [Property]
    public Property A_file_cut_anywhere_is_refused_by_name_and_byte() => Prop.ForAll(
        Gen.Choose(0, Sample().Length - 1).ToArbitrary(),
        length => Should.Throw<InvalidDataException>(() => Npy.Read(Sample().AsSpan(0, length), "cut.npy"))
            .Message.ShouldMatch(@"^cut\.npy, byte \d+: .+\.$"));

    [Theory]
    [InlineData("'<f4'", "'>f4'", "element type '>f4' is not read")]
    [InlineData("'<f4'", "'<f2'", "element type '<f2' is not read")]
    [InlineData("False", "True ", "not what NumPy writes")]
    [InlineData("False", "True", "Fortran order")]
    [InlineData("(2, 1)", "(2,-1)", "not what NumPy writes")]
    [InlineData("(2, 1)", "(2, 2)", "truncated: 16 bytes of values announced, 8 present")]
    [InlineData("(2, 1)", "(1, 1)", "byte 132: 4 bytes are left over")]
    [InlineData("(2, 1)", "(99999999999, 1)", "not valid or too large")]
    [InlineData("(2, 1)", "(999999999, 999999999, 999999999)", "too large")]
    [InlineData("NUMPY", "NUMPX", "no .npy file")]
    public void A_wrong_file_is_refused_in_words(string part, string replacement, string words)
    {
        var text = Encoding.Latin1.GetString(Sample());
        var padding = new string(' ', Math.Max(0, part.Length - replacement.Length));
        var changed = text.Replace(part, replacement, StringComparison.Ordinal)
            .Replace("}" + new string(' ', Math.Max(0, replacement.Length - part.Length)), "}" + padding, StringComparison.Ordinal);

        Should.Throw<InvalidDataException>(() => Npy.Read(Encoding.Latin1.GetBytes(changed), "x.npy"))
            .Message.ShouldContain(words);
    }

    [Fact]
    public void Another_version_is_refused()
    {
        var file = Sample();
        file[6] = 2;

        Should.Throw<InvalidDataException>(() => Npy.Read(file, "x.npy")).Message.ShouldBe(
            "x.npy, byte 6: .npy version 2.0 is not read, only 1.0.");
    }

    [Fact]
    public void A_boolean_other_than_0_and_1_is_refused_at_its_byte()
    {
        var file = Npy.Write(new NpyArray<bool>([3], [true, false, true]));
        file[129] = 2;

        Should.Throw<InvalidDataException>(() => Npy.Read(file, "x.npy")).Message.ShouldBe(
            "x.npy, byte 129: 2 is no boolean.");
    }

    [Fact]
    public void Another_element_type_than_the_one_asked_for_is_refused() =>
        Should.Throw<InvalidDataException>(() => Npy.Read<double>(Sample(), "x.npy"))
            .Message.ShouldContain("type <f4, where <f8 is needed");

    [Fact]
    public void A_shape_that_does_not_fit_the_values_is_not_written() =>
        Should.Throw<ArgumentException>(() => Npy.Write(new NpyArray<int>([3], [1, 2])));

    private static byte[] Sample() => Npy.Write(new NpyArray<float>([2, 1], [1, 2]));
}
