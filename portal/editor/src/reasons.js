/** Why a tool cannot be used where the cursor is, in a sentence. */
import {_} from "./words.js";
import {schema} from "./schema.js";
import {blocksOf, orderOf} from "./places.js";

export const here = () => _("Không dùng được ở chỗ con trỏ đang đứng.");
export const nothingToUndo = () => _("Chưa có gì để hoàn tác.");
export const nothingToRedo = () => _("Chưa có gì để làm lại.");
export const oneFace = () => _("Trích yếu, tên phụ lục và nơi nhận chỉ có một kiểu chữ.");
export const oneLine = () => _("Trích yếu, tên phụ lục và nơi nhận không ngắt dòng được.");
export const nothingAbove = () => _("Phía trên không có gì để đổi chỗ.");
export const nothingBelow = () => _("Phía dưới không có gì để đổi chỗ.");
export const noTable = () => _("Bảng chỉ chèn được vào phần nội dung hoặc phụ lục.");
export const fullTable = () => _("Bảng đã có số hàng hoặc số cột tối đa.");
export const onlyRow = () => _("Bảng không còn hàng nào khác; bạn dùng “Xoá bảng”.");
export const onlyColumn = () => _("Bảng không còn cột nào khác; bạn dùng “Xoá bảng”.");
export const oneCell = () => _("Bạn chọn từ hai ô trở lên rồi mới gộp được.");
export const wholeCell = () => _("Ô này chưa được gộp nên không tách được.");

/** Why the selected blocks cannot become another kind or level. */
export function otherKind(state) {
  const blocks = blocksOf(state);
  if (!blocks.length || blocks.some(each => orderOf(each.node.type) === undefined)) {
    return _("Trích yếu, tên phụ lục và nơi nhận không đổi thành loại đoạn khác được.");
  }
  if (blocks.some(each => each.inCell)) return _("Trong ô của bảng chỉ có đoạn thường, gạch đầu dòng và dấu cộng.");
  return _("Kế hoạch theo thứ tự căn cứ, mở đầu, nội dung, kết; đổi đoạn này thì sai thứ tự đó.");
}

const atTheEnd = words => state =>
  (blocksOf(state).some(each => each.node.type === schema.nodes.clause) ? words() : _("Chỉ đoạn trong phần nội dung mới có cấp."));

export const outermost = atTheEnd(() => _("Đoạn này đã ở cấp ngoài cùng."));
export const innermost = atTheEnd(() => _("Đoạn này đã ở cấp trong cùng."));
