using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace DossierKit.Tests;

/// <summary>The house keeps its shape: read from the compiled library itself, so that no using, alias or generated code slips through.</summary>
public sealed partial class ArchitectureTests : IDisposable
{
    private readonly PEReader _image = new(File.OpenRead(typeof(Refusal).Assembly.Location));
    private readonly MetadataReader _metadata;

    public ArchitectureTests() => _metadata = _image.GetMetadataReader();

    public void Dispose() => _image.Dispose();

    /// <summary>Which areas an area may use, beside itself and the root.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Vault"] = [],
        ["Protocols"] = [],
        ["Programs"] = [],
        ["Dossiers"] = ["Vault", "Protocols"],
        ["Documents"] = ["Dossiers", "Programs", "Vault", "Protocols"],
        ["Retention"] = ["Dossiers", "Programs", "Vault", "Protocols"],
        ["Search"] = ["Dossiers", "Programs", "Vault", "Protocols"],
    };

    [Fact]
    public void Areas_UseOnlyWhatLiesBelowThem()
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (user, used) in References())
        {
            var (from, to) = (AreaOf(user), AreaOf(used));
            if (from is null || to is null || from == to) continue;
            if (!Allowed.TryGetValue(from, out var may)) wrong.Add($"{from} is an area this test does not know");
            else if (!may.Contains(to)) wrong.Add($"{user} uses {used}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Files_AreOpenedByTheStoreAndByThoseWhoReadWhatIsNotTheVaults()
    {
        // The vault's objects: Vault.Store alone. State, unlock secrets and folders to import lie outside the data and are named one by one.
        string[] may =
        [
            "DossierKit.Vault.DiskReader", "DossierKit.Vault.PosixProbe", "DossierKit.Vault.PosixVolume", "DossierKit.Vault.WindowsVolume",
            "DossierKit.Vault.DestructionLedger", "DossierKit.Vault.DurableFile", "DossierKit.Vault.LockedFile", "DossierKit.Vault.TwoSlotFile", "DossierKit.Vault.StateDirectory", "DossierKit.Vault.SealedSpool",
            // Not a file but how long the machine runs.
            "DossierKit.Vault.BootClock",
            "DossierKit.Vault.BirthPlace", "DossierKit.Vault.UnlockSecret", "DossierKit.Vault.CredentialFile", "DossierKit.Vault.CertificateSecret", "DossierKit.Dossiers.IncomingFile", "DossierKit.Dossiers.DossierImport",
            // A bag for the archive lies outside the vault, where whoever exports asks for it.
            "DossierKit.Retention.FolderBag", "DossierKit.Retention.FolderBagSource", "DossierKit.Retention.BagFiles", "DossierKit.Retention.BagVerifier",
        ];
        Callers(("System.IO", "File", null), ("System.IO", "FileStream", ".ctor"), ("System.IO", "RandomAccess", null), ("System.IO", "Directory", null), ("System.IO", "StreamWriter", ".ctor"))
            .Except(may).ShouldBeEmpty();
    }

    [Fact]
    public void Clocks_AreNeverReadInTheLibrary()
        => Callers(
            ("System", "DateTime", "get_Now"), ("System", "DateTime", "get_UtcNow"), ("System", "DateTime", "get_Today"), ("System", "DateTimeOffset", "get_Now"), ("System", "DateTimeOffset", "get_UtcNow"),
            // BootClock asks whether a clock it was given is the machine's; it reads none.
            ("System", "TimeProvider", "get_System")).ShouldBe(["DossierKit.Vault.BootClock"]);

    [Fact]
    public void TheConsole_IsNeverUsedInTheLibrary() => Callers(("System", "Console", null)).ShouldBeEmpty();

    [Fact]
    public void RandomNumbers_ComeFromTheOperatingSystem() => Callers(("System", "Random", null)).ShouldBeEmpty();

    [Fact]
    public void Processes_AreStartedByTheSandboxAlone() => Callers(("System.Diagnostics", "Process", "Start"), ("System.Diagnostics", "ProcessStartInfo", ".ctor")).ShouldBe(["DossierKit.Programs.ProgramRunner"]);

    [Fact]
    public void Refusals_NameNoOptionOrCommand()
    {
        // They are read on pages and by programs as well: the command line adds its own, in CommandAdvice. Exempt are the arguments of other programs, and what the vault tells an operator in English.
        string[] exempt = ["DossierKit.Programs.Sandbox", "DossierKit.Documents.PdfConversion", "DossierKit.Search.ProgramTexts"];
        Texts().Where(text => !exempt.Contains(text.Type) && AreaOf(text.Type) != "Vault" && CommandWords().IsMatch(text.Text)).Select(text => $"{text.Type}: {text.Text}").ShouldBeEmpty();
        // Awake: the vault's own texts are found.
        Texts().ShouldContain(text => AreaOf(text.Type) == "Vault" && CommandWords().IsMatch(text.Text));
    }

    [GeneratedRegex("(^|[^-a-z])--[a-z]|dossierkit [a-z]|(template|protocol|person|unlock) (install|lint|show|switch|confirm|bind|add)([^a-z]|$)|\\((assemble|record|get|move) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandWords();

    /// <summary>Every text in the code of the library, with the outermost type it stands in.</summary>
    private IEnumerable<(string Type, string Text)> Texts()
    {
        foreach (var handle in _metadata.MethodDefinitions)
        {
            var method = _metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0) continue;
            var il = _image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            while (il.RemainingBytes > 0)
            {
                var code = (ILOpCode)il.ReadByte();
                if ((byte)code == 0xfe) code = (ILOpCode)(0xfe00 | il.ReadByte());
                if (code == ILOpCode.Ldstr)
                {
                    yield return (Outermost(method.GetDeclaringType()), _metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(il.ReadInt32())));
                    continue;
                }

                // Apart: the size of a switch moves the reader, and that move must count.
                var size = Math.Abs(OperandSize(code, ref il));
                il.Offset += size;
            }
        }
    }

    /// <summary>Outermost types whose code calls one of the members (a type's any member when none is named).</summary>
    private SortedSet<string> Callers(params (string Namespace, string Type, string? Member)[] members)
    {
        var wanted = new HashSet<EntityHandle>();
        foreach (var handle in _metadata.MemberReferences)
        {
            var member = _metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = _metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (members.Any(one => _metadata.StringComparer.Equals(type.Namespace, one.Namespace) && _metadata.StringComparer.Equals(type.Name, one.Type)
                && (one.Member is null || _metadata.StringComparer.Equals(member.Name, one.Member))))
                wanted.Add(handle);
        }

        return [.. Bodies().Where(body => body.Tokens.Any(wanted.Contains)).Select(body => body.Type)];
    }

    /// <summary>Every pair of a type of the library and a type of the library it refers to: in code, fields, signatures, bases and attributes.</summary>
    private IEnumerable<(string User, string Used)> References()
    {
        foreach (var (type, tokens) in Bodies())
        {
            foreach (var token in tokens)
            {
                foreach (var used in TypesOf(token)) yield return (type, used);
            }
        }

        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var user = Outermost(handle);
            foreach (var used in TypesOf(type.BaseType)) yield return (user, used);
            foreach (var implemented in type.GetInterfaceImplementations())
            {
                foreach (var used in TypesOf(_metadata.GetInterfaceImplementation(implemented).Interface)) yield return (user, used);
            }

            foreach (var field in type.GetFields())
            {
                foreach (var used in _metadata.GetFieldDefinition(field).DecodeSignature(new Names(this), null)) yield return (user, used);
            }

            foreach (var method in type.GetMethods())
            {
                var signature = _metadata.GetMethodDefinition(method).DecodeSignature(new Names(this), null);
                foreach (var used in signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(parameter => parameter))) yield return (user, used);
            }
        }
    }

    /// <summary>The metadata tokens in each method's code, by outermost type. Every four bytes that could be a token are looked at: too many never hurts, a missed one would.</summary>
    private IEnumerable<(string Type, List<EntityHandle> Tokens)> Bodies()
    {
        foreach (var handle in _metadata.MethodDefinitions)
        {
            var method = _metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0) continue;
            var il = _image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            var tokens = new List<EntityHandle>();
            while (il.RemainingBytes > 0)
            {
                var code = (ILOpCode)il.ReadByte();
                if ((byte)code == 0xfe) code = (ILOpCode)(0xfe00 | il.ReadByte());
                var size = OperandSize(code, ref il);
                if (size == -4) tokens.Add(MetadataTokens.EntityHandle(il.ReadInt32()));
                else il.Offset += size;
            }

            yield return (Outermost(method.GetDeclaringType()), tokens);
        }
    }

    /// <summary>Bytes of the operand; -4 for a token of a type or member.</summary>
    private static int OperandSize(ILOpCode code, ref BlobReader il)
    {
        switch (code)
        {
            case ILOpCode.Switch:
                var targets = il.ReadInt32();
                return 4 * targets;
            case ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8:
                return 8;
            case ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Ldstr or ILOpCode.Calli:
                return 4;
            case ILOpCode.Ldarg or ILOpCode.Ldarga or ILOpCode.Starg or ILOpCode.Ldloc or ILOpCode.Ldloca or ILOpCode.Stloc:
                return 2;
            case ILOpCode.Ldarg_s or ILOpCode.Ldarga_s or ILOpCode.Starg_s or ILOpCode.Ldloc_s or ILOpCode.Ldloca_s or ILOpCode.Stloc_s or ILOpCode.Ldc_i4_s or ILOpCode.Unaligned or (ILOpCode)0xfe19:
                return 1;
            case ILOpCode.Jmp or ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj or ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Unbox or ILOpCode.Unbox_any or ILOpCode.Box
                or ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Stfld or ILOpCode.Ldsfld or ILOpCode.Ldsflda or ILOpCode.Stsfld or ILOpCode.Stobj or ILOpCode.Ldobj or ILOpCode.Cpobj
                or ILOpCode.Newarr or ILOpCode.Ldelema or ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Ldtoken or ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Initobj
                or ILOpCode.Constrained or ILOpCode.Sizeof or ILOpCode.Mkrefany or ILOpCode.Refanyval:
                return -4;
            default:
                return code.IsBranch() ? code.GetBranchOperandSize() : 0;
        }
    }

    private IEnumerable<string> TypesOf(EntityHandle handle)
    {
        if (handle.IsNil) return [];
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [Outermost((TypeDefinitionHandle)handle)];
            case HandleKind.MethodDefinition:
                return [Outermost(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.FieldDefinition:
                return [Outermost(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.TypeSpecification:
                return _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Names(this), null);
            case HandleKind.MemberReference:
                return TypesOf(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return method.DecodeSignature(new Names(this), null).SelectMany(argument => argument).Concat(TypesOf(method.Method));
            default:
                return [];
        }
    }

    private string Outermost(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? Outermost(outer) : Name(type);
    }

    private string Name(TypeDefinition type) => $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";

    private static string? AreaOf(string type)
        => type.StartsWith("DossierKit.", StringComparison.Ordinal) && type.Split('.') is { Length: > 2 } parts ? parts[1] : null;

    /// <summary>Collects the library's own types from a signature.</summary>
    private sealed class Names(ArchitectureTests tests) : ISignatureTypeProvider<IEnumerable<string>, object?>
    {
        public IEnumerable<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [tests.Outermost(handle)];

        public IEnumerable<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
            => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public IEnumerable<string> GetGenericInstantiation(IEnumerable<string> genericType, System.Collections.Immutable.ImmutableArray<IEnumerable<string>> typeArguments)
            => genericType.Concat(typeArguments.SelectMany(argument => argument));

        public IEnumerable<string> GetFunctionPointerType(MethodSignature<IEnumerable<string>> signature) => signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(parameter => parameter));

        public IEnumerable<string> GetModifiedType(IEnumerable<string> modifier, IEnumerable<string> unmodifiedType, bool isRequired) => modifier.Concat(unmodifiedType);

        public IEnumerable<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public IEnumerable<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public IEnumerable<string> GetGenericMethodParameter(object? genericContext, int index) => [];

        public IEnumerable<string> GetGenericTypeParameter(object? genericContext, int index) => [];

        public IEnumerable<string> GetArrayType(IEnumerable<string> elementType, ArrayShape shape) => elementType;

        public IEnumerable<string> GetByReferenceType(IEnumerable<string> elementType) => elementType;

        public IEnumerable<string> GetPinnedType(IEnumerable<string> elementType) => elementType;

        public IEnumerable<string> GetPointerType(IEnumerable<string> elementType) => elementType;

        public IEnumerable<string> GetSZArrayType(IEnumerable<string> elementType) => elementType;
    }
}
